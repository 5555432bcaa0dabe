import type { OrderOpened } from '../../domain/order/index.js';
import { lineItem } from '../../domain/pricing/index.js';
import { codesOf, shownDiscount, withoutCode, withUsedCodes } from '../../domain/shared/index.js';
import type { Discount } from '../../domain/shared/index.js';
import { wordsOf } from '../../infra/search-index/text/tokens.js';
import type { OrderDocument } from './order-document.js';

// What of an order goes with its person: the codes of coupons, and the words that support finds it by. They are of what the order shows
// anyway, and kept where it is kept.

type Discounted = Pick<OrderDocument, 'lines' | 'discounts' | 'shippingCost'>;

/** What was sold and what was taken off, with the codes of coupons, which the event has among what is personal. */
export function soldWithDiscounts({ lines, shipping, discounts = [], personal }: OrderOpened['data']): Discounted {
  const codes = codesOf(discounts, personal?.codes ?? []);
  const coded = <Part extends { readonly discounts: readonly Discount[] }>(part: Part): Part => ({
    ...part,
    discounts: withUsedCodes(part.discounts, codes),
  });
  return {
    lines: lines.map((line) => ({ ...coded(lineItem(line)), quantityShipped: 0, quantityCancelled: 0 })),
    discounts: withUsedCodes(discounts.map(shownDiscount), codes),
    shippingCost: coded(shipping),
  };
}

/** Takes the codes out again, once the buyer is forgotten. */
export function withoutCodes(order: OrderDocument): void {
  order.lines = order.lines.map((line) => ({ ...line, discounts: line.discounts.map(withoutCode) }));
  order.discounts = order.discounts.map(withoutCode);
  order.shippingCost = { ...order.shippingCost, discounts: order.shippingCost.discounts.map(withoutCode) };
}

/** The key of a number that somebody gave: of a parcel, of a payment. */
export const codeKey = (code: string): string => `#${code.trim().toUpperCase()}`;

/** The key of a postal code, however it is spaced. */
export const postalKey = (code: string): string => `@${code.replaceAll(/[\s-]/g, '').toUpperCase()}`;

/** Words of so many letters and more are found with a typo in them. */
const FORGIVEN_FROM = 4;

/** One typo leaves one half of a word as it is: a word is found by either. */
export const halvesOf = (word: string, length = word.length): readonly [string, string] => [
  `<${word.slice(0, Math.floor(length / 2))}`,
  `>${word.slice(word.length - Math.ceil(length / 2))}`,
];

/** The keys of a word of a name. */
export const nameKeys = (word: string): readonly string[] =>
  word.length < FORGIVEN_FROM ? [word] : [word, ...halvesOf(word)];

/** The words of the names in an order, each once. */
export const namesIn = ({ shippingAddress, billingAddress }: OrderDocument): readonly string[] => [
  ...new Set([shippingAddress, billingAddress].flatMap((address) => wordsOf(address?.name ?? ''))),
];

function keysOf(order: OrderDocument): string[] {
  const { shippingAddress, billingAddress, shipments, payment } = order;
  const keys = new Set(namesIn(order).flatMap(nameKeys));
  for (const { postalCode = '' } of [shippingAddress ?? {}, billingAddress ?? {}]) {
    if (postalCode !== '') keys.add(postalKey(postalCode));
  }
  for (const { trackingNumber } of shipments) if (trackingNumber !== undefined) keys.add(codeKey(trackingNumber));
  if (payment !== null) keys.add(codeKey(payment.paymentId));
  return [...keys];
}

/** Has the order found by what it shows now. */
export function foundByWords(order: OrderDocument): OrderDocument {
  order.words = keysOf(order);
  return order;
}
