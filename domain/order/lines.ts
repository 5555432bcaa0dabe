import { NO_CATEGORY } from '../catalog/index.js';
import { netPrice } from '../pricing/index.js';
import type { RecordedTaxes } from '../pricing/index.js';
import { subtractMoney } from '../shared/index.js';
import type { Money, PricedLine, SkuQuantity } from '../shared/index.js';
import type { SoldLine } from './events.js';
import type { ConfirmedOrder } from './state.js';

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

/** `quantity` units of a line as reports count them: their price without the tax that it contains. */
export const soldLine = (order: RecordedTaxes, line: PricedLine, quantity: number): SoldLine =>
  reported(line, quantity, netPrice({ ...line, quantity }, order));

/** Units taken out of a line that was counted: the difference to what stays, so that nothing is lost by rounding. */
export const takenBack = (order: RecordedTaxes, line: PricedLine, quantity: number): SoldLine => {
  const stays = netPrice({ ...line, quantity: line.quantity - quantity }, order);
  return reported(line, quantity, subtractMoney(netPrice(line, order), stays));
};

const reported = ({ sku, categories }: PricedLine, quantity: number, revenue: Money): SoldLine => ({
  sku,
  quantity,
  revenue,
  category: categories.at(-1) ?? NO_CATEGORY,
});
