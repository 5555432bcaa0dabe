import { sku } from '../shared/index.js';
import { integer, listOf, named, object, text } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import type { InventoryState } from './state.js';

const units = {
  onHand: integer('Units in the house.', 504),
  reserved: integer('Of them held for orders.', 2),
  available: integer('onHand − reserved.', 502),
};

export const LocationView = named(
  'StockLocation',
  object(
    { ...units, location: text('Where; `default` where a receipt named no place.', 'default') },
    'The stock of a SKU at one place.',
  ),
);
export type LocationView = Of<typeof LocationView>;

const level = { ...units, sku };

export const StockLevel = named('StockLevel', object(level, 'The stock of a SKU in all, as live stock tells it.'));

/** Stock as the API answers it. */
export const StockView = named(
  'Stock',
  object(
    { ...level, locations: listOf(LocationView, 'By name; empty where nothing was ever received.') },
    'The stock of a SKU, in all and by location.',
  ),
);
export type StockView = Of<typeof StockView>;

export function stockView(sku: string, state: InventoryState): StockView {
  const { onHand, reserved } = state;
  const locations: LocationView[] = [];
  for (const [location, stock] of state.locations) {
    const available = stock.onHand - stock.reserved;
    locations.push({ location, onHand: stock.onHand, reserved: stock.reserved, available });
  }
  locations.sort((a, b) => (a.location < b.location ? -1 : 1));
  return { sku, onHand, reserved, available: onHand - reserved, locations };
}
