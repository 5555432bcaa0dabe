import { priceCart, totalTooLarge } from '../pricing/index.js';
import type { PriceableLine, Priced } from '../pricing/index.js';
import { accept, sameMoney, zero } from '../shared/index.js';
import type { Aggregate, Decider, Decision, LineItem, Money, PricedLine, Refused } from '../shared/index.js';
import type {
  AbandonCart,
  AddItem,
  CartCommand,
  ChangeItemQuantity,
  CheckOut,
  OpenCart,
  ProductFacts,
  RemoveItem,
  ReopenCart,
} from './commands.js';
import type { CartCheckedOut, CartEvent } from './events.js';
import * as refusal from './refusals.js';
import { evolve, initialState } from './state.js';
import type { CartState, OpenedCart } from './state.js';

export function openCart(command: OpenCart, state: CartState): Decision<CartEvent> {
  const { type: _, ...cart } = command;
  if (state.status === 'none') return accept({ type: 'cart.opened.v1', data: cart });
  if (state.currency === cart.currency) return accept();
  return refusal.currencyMismatch(`The cart is there already and not in ${cart.currency}`, state.currency);
}

export function addItem({ product, quantity: added }: AddItem, state: CartState): Decision<CartEvent> {
  if (state.status !== 'open') return refusal.notOpen(state);
  const { prices: _prices, ...facts } = product;
  const { sku } = facts;
  const unitPrice = priceIn(product, state.currency);
  if (unitPrice === undefined) {
    return refusal.currencyMismatch(`The SKU ${sku} is priced in ${currencies(product)}`, state.currency);
  }
  if (state.changes >= refusal.MOST_CHANGES) return refusal.tooManyChanges();
  const item = state.lines.get(sku)?.item;
  if (item === undefined && state.lines.size >= refusal.MOST_LINES) return refusal.tooManyLines();
  const { lineId, lineTotal, quantity: before } = item ?? newItem(state);
  const quantity = before + added;
  if (quantity > refusal.MOST_UNITS) return refusal.quantityTooLarge(sku);
  if (!countable(state.subtotal, lineTotal.amount, unitPrice.amount * quantity)) return totalTooLarge();
  const data = { cartId: state.cartId, lineId, ...facts, added, quantity, unitPrice };
  return accept({ type: 'cart.item-added.v1', data });
}

const newItem = ({ lastLine, currency }: OpenedCart) => ({
  lineId: String(lastLine + 1),
  lineTotal: zero(currency),
  quantity: 0,
});

export function changeItemQuantity({ sku, quantity }: ChangeItemQuantity, state: CartState): Decision<CartEvent> {
  if (quantity === 0) return removeItem({ type: 'remove-item', sku }, state);
  if (state.status !== 'open') return refusal.notOpen(state);
  const item = state.lines.get(sku)?.item;
  if (item === undefined) return refusal.itemNotFound(sku);
  if (quantity === item.quantity) return accept();
  if (state.changes >= refusal.MOST_CHANGES) return refusal.tooManyChanges();
  if (quantity > refusal.MOST_UNITS) return refusal.quantityTooLarge(sku);
  if (!countable(state.subtotal, item.lineTotal.amount, item.unitPrice.amount * quantity)) return totalTooLarge();
  return accept({ type: 'cart.item-quantity-changed.v1', data: { cartId: state.cartId, sku, quantity } });
}

export function removeItem({ sku }: RemoveItem, state: CartState): Decision<CartEvent> {
  if (state.status !== 'open') return refusal.notOpen(state);
  if (!state.lines.has(sku)) return refusal.itemNotFound(sku);
  if (state.changes >= refusal.MOST_CHANGES) return refusal.tooManyChanges();
  return accept({ type: 'cart.item-removed.v1', data: { cartId: state.cartId, sku } });
}

/** Whether the subtotal is exact with a line at another total; beyond 2⁵³ a product is rounded, yet never below it. */
const countable = (subtotal: number, before: number, after: number): boolean =>
  Number.isSafeInteger(after) && Number.isSafeInteger(subtotal - before + after);

/** Finds the price of a unit in a currency; undefined where the product is not sold in it. */
const priceIn = ({ prices }: ProductFacts, currency: string): Money | undefined =>
  prices.find((price) => price.currency === currency);

/** Lists the currencies that a product is sold in, for a refusal's sentence. */
const currencies = ({ prices }: ProductFacts): string => prices.map(({ currency }) => currency).join(', ');

/**
 * Prices the cart at today's prices and checks it out for an order; satisfied when it is checked out for that order. A buyer
 * gets the refusals in the order in which they can act on them: what cannot be sold, changed prices, the method, the total.
 */
export function checkOut(command: CheckOut, state: CartState): Decision<CartEvent> {
  if (state.status === 'checked-out' && state.orderId === command.orderId) return accept();
  if (state.status !== 'open') return refusal.notOpen(state);
  if (state.lines.size === 0) return refusal.emptyCart();
  const today = linesAt(command.products, state);
  if (!today.accepted) return today;
  if (today.changes.length > 0 && !command.acceptPrices) {
    return refusal.pricesChanged(today.changes);
  }
  const pricing = priceCart(today.lines, command.destination, termsOf(command, state));
  if (!pricing.accepted) return pricing;
  const { total } = pricing.totals;
  if (command.expectedTotal !== undefined && !sameMoney(command.expectedTotal, total)) {
    return refusal.totalChanged(command.expectedTotal, total);
  }
  return accept(checkedOut(command, state, pricing));
}

/** A line before it is priced. */
type LineToday = PriceableLine & Pick<PricedLine, 'lineId' | 'sku' | 'name' | 'options' | 'categories'>;

interface LinesToday {
  readonly accepted: true;
  readonly lines: readonly LineToday[];
  readonly changes: readonly refusal.PriceChange[];
}

function linesAt(products: CheckOut['products'], cart: OpenedCart): LinesToday | Refused {
  const lines: LineToday[] = [];
  const changes: refusal.PriceChange[] = [];
  for (const { item } of cart.lines.values()) {
    const product = products.get(item.sku);
    if (product === undefined) return refusal.unknownSku(item.sku);
    const price = priceIn(product, cart.currency);
    if (price === undefined) {
      return refusal.currencyMismatch(`The SKU ${item.sku} is priced in ${currencies(product)} now`, cart.currency);
    }
    if (price.amount !== item.unitPrice.amount) changes.push({ sku: item.sku, was: item.unitPrice, now: price });
    lines.push(lineToday(item, product, price));
  }
  return { accepted: true, lines, changes };
}

function lineToday({ lineId, quantity }: LineItem, product: ProductFacts, unitPrice: Money): LineToday {
  const { prices: _prices, ...facts } = product;
  const lineTotal = { amount: unitPrice.amount * quantity, currency: unitPrice.currency };
  return { lineId, ...facts, quantity, unitPrice, lineTotal };
}

const termsOf = ({ pricing: policy, shippingMethod }: CheckOut, { currency }: OpenedCart) =>
  shippingMethod === undefined ? { policy, currency } : { policy, currency, shippingMethod };

function checkedOut(command: CheckOut, cart: OpenedCart, priced: Priced<LineToday>): CartCheckedOut {
  // The order belongs to the customer who checks out, not to the one who opened the cart: a cart's id is enough to buy it.
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
}

export function reopenCart({ orderId, code }: ReopenCart, state: CartState): Decision<CartEvent> {
  if (state.status !== 'checked-out' || state.orderId !== orderId) return accept();
  return accept({ type: 'cart.reopened.v1', data: { cartId: state.cartId, orderId, code } });
}

export function abandonCart(_: AbandonCart, state: CartState): Decision<CartEvent> {
  if (state.status === 'abandoned') return accept();
  if (state.status !== 'open') return refusal.notOpen(state);
  return accept({ type: 'cart.abandoned.v1', data: { cartId: state.cartId } });
}

function decide(command: CartCommand, state: CartState): Decision<CartEvent> {
  switch (command.type) {
    case 'open-cart':
      return openCart(command, state);
    case 'add-item':
      return addItem(command, state);
    case 'change-item-quantity':
      return changeItemQuantity(command, state);
    case 'remove-item':
      return removeItem(command, state);
    case 'check-out':
      return checkOut(command, state);
    case 'reopen-cart':
      return reopenCart(command, state);
    case 'abandon-cart':
      return abandonCart(command, state);
    default:
      return command satisfies never;
  }
}

export const cartDecider: Decider<CartState, CartCommand, CartEvent> = {
  initialState,
  decide,
  evolve,
};

/** Stream `cart-{cartId}`; a cart has few events, so no snapshot. */
export const cartAggregate: Aggregate<CartState, CartCommand, CartEvent> = { category: 'cart', decider: cartDecider };
