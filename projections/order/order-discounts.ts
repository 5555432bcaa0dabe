import type { OrderOpened } from '../../domain/order/index.js';
import { lineItem } from '../../domain/pricing/index.js';
import { codesOf, shownDiscount, withoutCode, withUsedCodes } from '../../domain/shared/index.js';
import type { Discount } from '../../domain/shared/index.js';
import type { OrderDocument } from './order-document.js';

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
