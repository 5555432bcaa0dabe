import { DEFAULT_CHANNEL } from '../../domain/channel/index.js';
import type {
  Allocation,
  InventoryEvent,
  LocationView,
  StockAdjusted,
  StockReceived,
  StockReleased,
  StockReserved,
  StockView,
} from '../../domain/inventory/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { OrderRejected } from '../../domain/order/index.js';
import { readModel, type Fold } from '../../infra/engine/projections/read-model.js';
import { stockFields } from './stock-fields.js';
import type { Kept } from '../shared/kept.js';
import { quarterOf } from '../report-sums/index.js';

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

/** Milliseconds since 1970. */
export type Outage = [from: number, to: number];

/** Orders that wanted the SKU while it was out, and units, in a quarter of an hour of one channel and currency. */
export interface AskedInVain {
  at: string;
  channel: string;
  /** Empty where the order did not say it, as older events do not. */
  currency: string;
  orders: number;
  units: number;
}

/** When a SKU could not be sold: nothing was on hand that was not reserved. Id: the SKU. Those that were never out have none. */
export interface StockOutDocument {
  sku: string;
  /** Since when it is out, RFC 3339 UTC of the log; null while it can be sold. */
  outSince: string | null;
  /** Those that have ended, oldest first. */
  outages: Outage[];
  asked: AskedInVain[];
}

type Leaves = { readonly sku: string; readonly available: number };

const stockOut = (doc: StockOutDocument | null, sku: string): StockOutDocument =>
  doc ?? { sku, outSince: null, outages: [], asked: [] };

/** The stock after an event; only what may end an outage or begin one costs a document. */
const availability = (mayEnd: boolean): Fold<StockOutDocument, Leaves> => ({
  key: ({ data: { sku, available } }) => (available > 0 && !mayEnd ? [] : sku),
  evolve: (doc, { at, data: { sku, available } }) => {
    if (available <= 0) return { ...stockOut(doc, sku), outSince: doc?.outSince ?? at };
    if (doc === null || doc.outSince === null) return doc;
    return { ...doc, outSince: null, outages: [...doc.outages, [Date.parse(doc.outSince), Date.parse(at)]] };
  },
});

/** The SKUs that an order wanted of which there was nothing at all. */
const lackedBy = ({ lines = [] }: OrderRejected['data']) => lines.filter(({ available }) => available === 0);

function ask(doc: StockOutDocument, event: RecordedEvent<OrderRejected['data']>): StockOutDocument {
  const at = quarterOf(event.at);
  const { channel = DEFAULT_CHANNEL, currency = '' } = event.data;
  let asked = doc.asked.find((one) => one.at === at && one.channel === channel && one.currency === currency);
  if (asked === undefined) doc.asked.push((asked = { at, channel, currency, orders: 0, units: 0 }));
  asked.orders += 1;
  for (const { sku, requested } of lackedBy(event.data)) if (sku === doc.sku) asked.units += requested;
  return doc;
}

export const stockOutsReadModel = readModel<
  StockOutDocument,
  StockReceived | StockAdjusted | StockReserved | StockReleased | OrderRejected
>({
  name: 'stock-outs',
  version: 1,
  indexes: [{ name: 'by-sku', fields: ['sku'] }],
  on: {
    'inventory.received.v1': availability(true),
    'inventory.adjusted.v1': availability(true),
    'inventory.reserved.v1': availability(false),
    'inventory.released.v1': availability(true),
    'order.rejected.v1': {
      key: ({ data }) => lackedBy(data).map(({ sku }) => sku),
      evolve: (doc, event, sku) => ask(stockOut(doc, sku), event),
    },
  },
});
