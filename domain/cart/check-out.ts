import { priceCart } from '../pricing/index.js';
import type { Priced, PriceableLine } from '../pricing/index.js';
import { accept, refuse, sameMoney } from '../shared/index.js';
import type { Decision, LineItem, Money, PricedLine, Refused } from '../shared/index.js';
import type { CheckOut, ProductFacts } from './commands.js';
import type { CartCheckedOut, CartEvent } from './events.js';
import { currencyMismatch, notOpen } from './refusals.js';
import type { CartState, OpenedCart } from './state.js';

/**
 * Refusals in the order in which a buyer can do something about them: what cannot be sold, prices that moved, the method,
 * the total. Satisfied when the cart is checked out for this very order.
 */
export const checkOut = (command: CheckOut, state: CartState): Decision<CartEvent> => {
  if (state.status === 'checked-out' && state.orderId === command.orderId) return accept();
  if (state.status !== 'open') return notOpen(state);
  if (state.lines.size === 0) return refuse('CART.EMPTY', 'There is nothing in the cart.');
  const today = linesAt(command.products, state);
  if (!today.accepted) return today;
  if (today.changes.length > 0 && !command.acceptPrices) {
    return refuse('CART.PRICE_CHANGED', 'Prices have changed since the items were added.', { changes: today.changes });
  }
  const pricing = priceCart(today.lines, command.destination, termsOf(command, state));
  if (!pricing.accepted) return pricing;
  const { total } = pricing.totals;
  if (command.expectedTotal !== undefined && !sameMoney(command.expectedTotal, total)) {
    return totalChanged(command.expectedTotal, total);
  }
  return accept(checkedOut(command, state, pricing));
};

type PriceChange = { readonly sku: string; readonly was: Money; readonly now: Money };

/** A line before it is priced. */
type LineToday = PriceableLine & Pick<PricedLine, 'lineId' | 'sku' | 'name' | 'categories'>;

interface LinesToday {
  readonly accepted: true;
  readonly lines: readonly LineToday[];
  readonly changes: readonly PriceChange[];
}

const linesAt = (products: CheckOut['products'], cart: OpenedCart): LinesToday | Refused => {
  const lines: LineToday[] = [];
  const changes: PriceChange[] = [];
  for (const { item } of cart.lines.values()) {
    const product = products.get(item.sku);
    if (product === undefined) return refuse('PRODUCT.UNKNOWN_SKU', `There is no product with the SKU ${item.sku}.`);
    const { price } = product;
    if (price.currency !== cart.currency) {
      return currencyMismatch(`The SKU ${item.sku} is priced in ${price.currency} now`, cart.currency);
    }
    if (price.amount !== item.unitPrice.amount) changes.push({ sku: item.sku, was: item.unitPrice, now: price });
    lines.push(lineToday(item, product));
  }
  return { accepted: true, lines, changes };
};

const lineToday = ({ lineId, sku, quantity }: LineItem, product: ProductFacts): LineToday => {
  const { name, categories, taxClass, price: unitPrice } = product;
  const lineTotal = { amount: unitPrice.amount * quantity, currency: unitPrice.currency };
  return { lineId, sku, name, quantity, unitPrice, lineTotal, taxClass, categories, discounts: [] };
};

const termsOf = ({ pricing: policy, shippingMethod }: CheckOut, { currency }: OpenedCart) =>
  shippingMethod === undefined ? { policy, currency } : { policy, currency, shippingMethod };

const totalChanged = (expected: Money, actual: Money): Refused =>
  refuse('CART.TOTAL_CHANGED', 'The order would not cost what was expected.', { expected, actual });

const checkedOut = (command: CheckOut, cart: OpenedCart, priced: Priced<LineToday>): CartCheckedOut => {
  // Whoever knows a cart's id may buy it: the order is the buyer's, never that of who opened the cart and may look on.
  const { customerId } = command;
  const { lines, shipping, totals, taxes, basis, destination } = priced;
  return {
    type: 'cart.checked-out.v1',
    data: {
      cartId: cart.cartId,
      orderId: command.orderId,
      orderNumber: command.orderNumber,
      currency: cart.currency,
      ...(cart.reference === undefined ? {} : { reference: cart.reference }),
      ...(customerId === undefined ? {} : { customerId }),
      lines,
      shipping,
      totals,
      taxes,
      pricing: basis,
      destination,
      ...(command.client === undefined ? {} : { client: command.client }),
      paymentProvider: command.paymentProvider,
      personId: command.personId,
      personal: command.personal,
    },
  };
};
