import type { Allocation, InventoryEvent, LocationView, StockView } from '../../domain/inventory/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { readModel } from '../../infra/engine/projections/read-model.js';
import { stockFields } from './stock-fields.js';
import type { Kept } from '../shared/kept.js';

type StockLocation = Kept<LocationView>;
type StockCounts = Pick<StockLocation, 'onHand' | 'reserved' | 'available'>;

/** Stock of a SKU as a receipt answers it: the locations, by name, add up to the whole. Id: the SKU. */
export interface StockDocument extends Kept<StockView> {
  /** Revision of the SKU's inventory stream; -1 where nothing was received, which guards the first receipt. */
  version: number;
  locations: StockLocation[];
}

/** What is shown of a product for which nothing was ever received. */
export const noStock = (sku: string): StockDocument => ({
  sku,
  version: -1,
  onHand: 0,
  reserved: 0,
  available: 0,
  locations: [],
});

const sku = (event: RecordedEvent<{ readonly sku: string }>): string => event.data.sku;

/** Holds are not kept: the document stays small however many orders wait for a SKU. */
export const stockReadModel = readModel<StockDocument, InventoryEvent>({
  name: 'stock',
  version: 2,
  indexes: [],
  on: {
    'inventory.received.v1': {
      key: sku,
      evolve: (doc, event) => moved(stockAt(doc, event), [event.data], PUT_ON_SHELF),
    },
    'inventory.adjusted.v1': {
      key: sku,
      evolve: (doc, event) => moved(stockAt(doc, event), [event.data], PUT_ON_SHELF),
    },
    'inventory.reserved.v1': {
      key: sku,
      evolve: (doc, event) => moved(stockAt(doc, event), event.data.allocations, HELD),
    },
    'inventory.released.v1': {
      key: sku,
      evolve: (doc, event) => moved(stockAt(doc, event), event.data.allocations, RELEASED),
    },
    'inventory.reservation-closed.v1': { key: sku, evolve: stockAt },
    'inventory.committed.v1': {
      key: sku,
      evolve: (doc, event) => moved(stockAt(doc, event), event.data.allocations, SHIPPED),
    },
  },
  explains: stockFields,
});

function stockAt(
  doc: StockDocument | null,
  { data, revision }: RecordedEvent<{ readonly sku: string }>,
): StockDocument {
  const stock = doc ?? noStock(data.sku);
  stock.version = revision;
  return stock;
}

/** Which counts a quantity enters, and with which sign. */
interface Effect {
  readonly onHand: -1 | 0 | 1;
  readonly reserved: -1 | 0 | 1;
}
const PUT_ON_SHELF: Effect = { onHand: 1, reserved: 0 };
const HELD: Effect = { onHand: 0, reserved: 1 };
const RELEASED: Effect = { onHand: 0, reserved: -1 };
const SHIPPED: Effect = { onHand: -1, reserved: -1 };

function moved(stock: StockDocument, allocations: readonly Allocation[], effect: Effect): StockDocument {
  for (const { location, quantity } of allocations) {
    count(stock, quantity, effect);
    count(locationOf(stock, location), quantity, effect);
  }
  return stock;
}

function count(counts: StockCounts, quantity: number, effect: Effect): void {
  counts.onHand += effect.onHand * quantity;
  counts.reserved += effect.reserved * quantity;
  counts.available = counts.onHand - counts.reserved;
}

function locationOf(stock: StockDocument, location: string): StockLocation {
  const known = stock.locations.find((one) => one.location === location);
  if (known !== undefined) return known;
  const added = { location, onHand: 0, reserved: 0, available: 0 };
  const next = stock.locations.findIndex((one) => one.location > location);
  stock.locations.splice(next < 0 ? stock.locations.length : next, 0, added);
  return added;
}
