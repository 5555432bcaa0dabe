import { NO_CATEGORY } from '../catalog/index.js';
import { linePart } from '../pricing/index.js';
import type { LinePart, PricedLine, SkuQuantity } from '../shared/index.js';
import type { SoldLine } from './events.js';
import type { ConfirmedOrder, Order, PlacedOrder } from './state.js';

/** Lines for the same SKU are one line, in the order in which the SKUs come first. */
export function summed(lines: readonly SkuQuantity[]): readonly SkuQuantity[] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return Array.from(quantities, ([sku, quantity]) => ({ sku, quantity }));
}

/** An order has one line a SKU. */
export const lineOf = ({ lines }: PlacedOrder, sku: string): PricedLine | undefined =>
  lines.find((line) => line.sku === sku);

/** These units of a line are the next to leave it, by shipment or by cancellation. */
export const nextPart = ({ order, open }: ConfirmedOrder, line: PricedLine, quantity: number): LinePart =>
  linePart(line, { after: line.quantity - (open.get(line.lineId) ?? 0), quantity }, order.pricing);

/** What is still to be shipped, in the order of the order's lines. */
export function openParts(state: ConfirmedOrder): readonly LinePart[] {
  const parts: LinePart[] = [];
  for (const line of state.order.lines) {
    const quantity = state.open.get(line.lineId);
    if (quantity !== undefined) parts.push(nextPart(state, line, quantity));
  }
  return parts;
}

export const wholeLines = ({ order }: Order): readonly LinePart[] =>
  order.lines.map((line) => linePart(line, { after: 0, quantity: line.quantity }, order.pricing));

/** What has left, parcel by parcel. */
export const shippedParts = ({ shipments }: ConfirmedOrder): readonly LinePart[] =>
  [...shipments.values()].flatMap(({ lines }) => lines);

/** Parts of lines as reports count them, one a line, in the order of the order's lines. */
export function soldLines({ lines }: PlacedOrder, parts: readonly LinePart[]): readonly SoldLine[] {
  const byLine = new Map<string, { quantity: number; net: number }>();
  for (const { lineId, quantity, net } of parts) {
    const before = byLine.get(lineId) ?? { quantity: 0, net: 0 };
    byLine.set(lineId, { quantity: before.quantity + quantity, net: before.net + net.amount });
  }
  const sold: SoldLine[] = [];
  for (const {
    lineId,
    sku,
    categories,
    net: { currency },
  } of lines) {
    const sum = byLine.get(lineId);
    if (sum === undefined) continue;
    const category = categories.at(-1) ?? NO_CATEGORY;
    sold.push({ lineId, sku, quantity: sum.quantity, revenue: { amount: sum.net, currency }, category });
  }
  return sold;
}
