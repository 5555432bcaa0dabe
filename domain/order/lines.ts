import { NO_CATEGORY } from '../catalog/index.js';
import { linePart } from '../pricing/index.js';
import type { Units } from '../pricing/index.js';
import type { PricedLine, SkuQuantity } from '../shared/index.js';
import type { SoldLine } from './events.js';
import type { ConfirmedOrder, PlacedOrder } from './state.js';

/** Lines for the same SKU are one line, in the order in which the SKUs come first. */
export function summed(lines: readonly SkuQuantity[]): readonly SkuQuantity[] {
  const quantities = new Map<string, number>();
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity);
  return Array.from(quantities, ([sku, quantity]) => ({ sku, quantity }));
}

/** What is still to be shipped, in the order of the order's lines. */
export const openLines = ({ open }: ConfirmedOrder): readonly SkuQuantity[] =>
  Array.from(open, ([sku, quantity]) => ({ sku, quantity }));

/** Units by SKU that have left; before any cancellation everything that is not open has. */
export function shippedUnits({ shipments }: ConfirmedOrder): ReadonlyMap<string, number> {
  const shipped = new Map<string, number>();
  for (const shipment of shipments.values()) {
    for (const { sku, quantity } of shipment.lines) shipped.set(sku, (shipped.get(sku) ?? 0) + quantity);
  }
  return shipped;
}

/** Units of a line as reports count them. */
export const soldLine = ({ pricing }: PlacedOrder, line: PricedLine, units: Units): SoldLine => {
  const { sku, quantity, net } = linePart(line, units, pricing);
  return { sku, quantity, revenue: net, category: line.categories.at(-1) ?? NO_CATEGORY };
};
