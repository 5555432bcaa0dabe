import { priceFor } from '../catalog/index.js';
import type { PriceRow } from '../catalog/index.js';
import { priceCart } from '../pricing/index.js';
import type { PriceableLine, Priced, PricingTerms } from '../pricing/index.js';
import { accept, money, sameMoney, withoutCode } from '../shared/index.js';
import type {
  Decision,
  GiftCardShare,
  GivenDiscount,
  LineItem,
  Money,
  PricedLine,
  Refused,
  UsedCode,
} from '../shared/index.js';
import type { CheckOut, ProductFacts } from './commands.js';
import { buyerOf, offersFor } from './coupons.js';
import type { CartCheckedOut, CartEvent, CheckoutPersonal } from './events.js';
import * as refusal from './refusals.js';
import type { CartState, ExistingCart, OpenedCart } from './state.js';

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
  const paid = shareOut(command, total);
  return paid.accepted ? accept(checkedOut(command, state, { ...pricing, ...paid })) : paid;
}

/** A line before it is priced. */
type LineToday = PriceableLine & Pick<PricedLine, 'lineId' | 'sku' | 'name' | 'options' | 'kind' | 'categories'>;

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
    const price = priceIn(product, cart, item.quantity);
    if (price === undefined) return refusal.notPriced(item.sku, cart.currency);
    if (price.amount !== item.unitPrice.amount) changes.push({ sku: item.sku, was: item.unitPrice, now: price });
    lines.push(lineToday(item, product, price));
  }
  return { accepted: true, lines, changes };
}

function lineToday({ lineId, quantity }: LineItem, product: ProductFacts, unitPrice: Money): LineToday {
  const { prices: _prices, lists: _lists, ...facts } = product;
  const lineTotal = { amount: unitPrice.amount * quantity, currency: unitPrice.currency };
  return { lineId, ...facts, quantity, unitPrice, lineTotal };
}

function termsOf(command: CheckOut, cart: OpenedCart): PricingTerms {
  const { pricing: policy, shippingMethod, promotions, customerId } = command;
  const offers = offersFor(cart, promotions.inForce);
  // The cart of a guest, or of somebody else, was shown without it.
  const isFirstOrder = promotions.isFirstOrder && cart.customerId === customerId;
  return {
    policy,
    currency: cart.currency,
    ...(shippingMethod === undefined ? {} : { shippingMethod }),
    ...(offers.length === 0 ? {} : { promotions: { offers, buyer: buyerOf(cart, isFirstOrder) } }),
  };
}

/** What each gift card pays of a total; the provider is asked for the rest. */
interface Shared {
  readonly accepted: true;
  readonly tenders: readonly GiftCardShare[];
}

/**
 * Takes of the gift cards in the order in which they were named what they have, until nothing is left to pay; a card that is not
 * needed pays nothing. What is left needs a token.
 */
function shareOut({ giftCards = [], personal }: CheckOut, total: Money): Shared | Refused {
  const tenders: GiftCardShare[] = [];
  let left = total.amount;
  for (const { giftCardId, balance, refused } of giftCards) {
    if (refused !== undefined) return refused;
    if (left === 0) continue;
    if (balance.amount === 0) return refusal.emptyGiftCard();
    const amount = money(Math.min(left, balance.amount), total.currency);
    tenders.push({ giftCardId, amount });
    left -= amount.amount;
  }
  if (left > 0 && personal.paymentToken === undefined) return refusal.tokenRequired(money(left, total.currency));
  return { accepted: true, tenders };
}

function checkedOut(
  command: CheckOut,
  cart: OpenedCart,
  { tenders, ...priced }: Priced<LineToday> & Shared,
): CartCheckedOut {
  // The order belongs to the customer who checks out, not to the one who opened the cart: a cart's id is enough to buy it.
  const { customerId } = command;
  const { shipping, totals, taxes, basis, destination } = priced;
  const discounts = discountsOf(priced, command, cart);
  const { failures } = priced.promotions;
  return {
    type: 'cart.checked-out.v1',
    data: {
      cartId: cart.cartId,
      orderId: command.orderId,
      orderNumber: command.orderNumber,
      currency: cart.currency,
      ...(cart.reference === undefined ? {} : { reference: cart.reference }),
      ...(customerId === undefined ? {} : { customerId }),
      ...(cart.channel === undefined ? {} : { channel: cart.channel }),
      lines: priced.lines.map(soldLine),
      shipping: discounts.length === 0 ? shipping : { ...shipping, discounts: shipping.discounts.map(withoutCode) },
      totals,
      ...(discounts.length === 0 ? {} : { discounts }),
      ...(failures.length === 0 ? {} : { failedPromotions: failures }),
      taxes,
      pricing: basis,
      destination,
      ...(command.client === undefined ? {} : { client: command.client }),
      ...(tenders.length === 0 ? {} : { tenders }),
      paymentProvider: command.paymentProvider,
      personId: command.personId,
      personal: personalOf(command, discounts, cart),
    },
  };
}

/** What promotions take off, with what reserves their uses. */
function discountsOf(
  { promotions: { promotions } }: Priced<LineToday>,
  command: CheckOut,
  cart: OpenedCart,
): readonly GivenDiscount[] {
  const coupons = new Map([...cart.coupons.values()].map(({ promotionId, couponId }) => [promotionId, couponId]));
  return promotions.map((discount) => {
    const { promotionId } = discount;
    const couponId = coupons.get(promotionId);
    return {
      ...withoutCode(discount),
      ...(couponId === undefined ? {} : { couponId }),
      ...(command.promotions.inForce.get(promotionId)?.limits === undefined ? {} : { isLimited: true as const }),
    };
  });
}

/** With the codes of the coupons that took something off. */
function personalOf({ personal }: CheckOut, discounts: readonly GivenDiscount[], cart: OpenedCart): CheckoutPersonal {
  const used = new Set(discounts.map(({ couponId }) => couponId));
  const codes: UsedCode[] = [];
  for (const { couponId, code } of cart.coupons.values()) {
    if (code !== null && used.has(couponId)) codes.push({ couponId, code });
  }
  return codes.length === 0 ? personal : { ...personal, codes };
}

/** A line as it is recorded: without what only selectors look at. Not spread, which takes V8 five times as long as pricing does. */
function soldLine(line: Priced<LineToday>['lines'][number]): PricedLine {
  const { lineId, sku, name, options, kind, categories, quantity, unitPrice, lineTotal, taxClass } = line;
  const { priceIncludesTax, discount, taxes, net, gross } = line;
  const discounts = line.discounts.length === 0 ? line.discounts : line.discounts.map(withoutCode);
  const sold = {
    lineId,
    sku,
    name,
    categories,
    taxClass,
    quantity,
    unitPrice,
    lineTotal,
    priceIncludesTax,
    discounts,
    discount,
    taxes,
    net,
    gross,
  };
  if (options === undefined && kind === undefined) return sold;
  return Object.assign(sold, options === undefined ? {} : { options }, kind === undefined ? {} : { kind });
}

const rowFor = (
  { prices, lists = [] }: ProductFacts,
  { currency, channel, customerGroups = [], country }: ExistingCart,
  quantity: number,
): PriceRow | undefined =>
  priceFor(
    prices,
    {
      currency,
      quantity,
      customerGroups,
      ...(channel === undefined ? {} : { channel }),
      ...(country === undefined ? {} : { country }),
    },
    new Map(lists.map((list) => [list.code, list])),
  );

/** Finds the price of a unit for the cart where it has so many; undefined where the product has none for it. */
export function priceIn(product: ProductFacts, cart: ExistingCart, quantity: number): Money | undefined {
  const row = rowFor(product, cart, quantity);
  return row === undefined ? undefined : { amount: row.amount, currency: row.currency };
}

/** Finds the price of a unit where a line gets another quantity that has another price than the old one; else undefined. */
export function priceOfTier(
  product: ProductFacts,
  cart: ExistingCart,
  { was, now }: { readonly was: number; readonly now: number },
): Money | undefined {
  const [before, after] = [rowFor(product, cart, was), rowFor(product, cart, now)];
  return before?.minQuantity === after?.minQuantity ? undefined : priceIn(product, cart, now);
}
