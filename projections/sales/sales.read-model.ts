import type { OrderCancelled, OrderConfirmed, SoldLine } from '../../domain/order/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { readModel } from '../../infra/engine/projections/read-model.js';

export const SALES_DIMENSIONS = ['day', 'category', 'sku'] as const;
export type SalesDimension = (typeof SALES_DIMENSIONS)[number];

/** What was sold on one day. */
export interface SalesCount {
  orders: number;
  units: number;
  /**
   * Lines after discounts, without tax and shipping, in minor units as text of its digits: each order's amount is exact,
   * and a sum of them may go beyond what a JSON number keeps.
   */
  revenue: string;
}

/**
 * What was sold of one key in one currency in one month, by day of the month (`"05"`), so that a report over any days
 * adds up few documents, and an order writes one document per key that it touches. Sums that fall to zero stay.
 */
export interface SalesDocument {
  by: SalesDimension;
  /** The UTC day (`2026-11-05`), the category or the SKU. */
  key: string;
  currency: string;
  /** `2026-11` */
  month: string;
  days: Record<string, SalesCount>;
}

/** What a document counts; `|` cannot be in the parts before the key, which comes last. */
export interface SalesSlot {
  readonly by: SalesDimension;
  readonly currency: string;
  readonly month: string;
  readonly key: string;
}

export const slotId = ({ by, currency, month, key }: SalesSlot): string => `${by}|${currency}|${month}|${key}`;

const SLOT = /^(day|category|sku)\|([^|]+)\|([^|]+)\|(.*)$/s;

export function slotOf(id: string): SalesSlot {
  const [, by, currency, month, key] = SLOT.exec(id) ?? [];
  if (by === undefined || currency === undefined || month === undefined || key === undefined) {
    throw new RangeError(`${id} names no sales document`);
  }
  return { by: by as SalesDimension, currency, month, key };
}

type Sold = RecordedEvent<{ readonly lines: readonly SoldLine[] }>;

/** Counted on the UTC day of the confirmation; a cancellation subtracts on its own. Refunds change nothing. */
export const salesReadModel = readModel<SalesDocument, OrderConfirmed | OrderCancelled>({
  name: 'sales',
  version: 2,
  indexes: [{ name: 'by-month', fields: ['by', 'currency', 'month', 'key'] }],
  on: {
    'order.confirmed.v1': {
      key: slotsOf,
      evolve: (doc, event, id) => {
        const document = doc ?? emptySlot(slotOf(id));
        return add(document, dayOf(event), sumOf(event.data.lines, document));
      },
    },
    'order.cancelled.v1': {
      key: slotsOf,
      evolve: (doc, event, id) => {
        const document = doc ?? emptySlot(slotOf(id));
        const { lines, kept, wholly } = event.data;
        const { units, revenue } = sumOf(lines, document);
        // The order still counts for the keys of its lines that had shipped.
        const stays = kept?.some((line) => counts(document, line)) ?? !wholly;
        return add(document, dayOf(event), { orders: stays ? 0 : -1, units: -units, revenue: -revenue });
      },
    },
  },
});

/** What an event adds to a day. */
interface Change {
  readonly orders: number;
  readonly units: number;
  readonly revenue: bigint;
}

/** The UTC day: times of the log are RFC 3339 in UTC. */
const dayOf = (event: Sold): string => event.at.slice(0, 10);

/** The documents that the lines touch, each once. */
function slotsOf(event: Sold): string[] {
  const day = dayOf(event);
  const month = day.slice(0, 7);
  const ids = new Set<string>();
  for (const { sku, category, revenue } of event.data.lines) {
    const { currency } = revenue;
    ids.add(slotId({ by: 'day', currency, month, key: day }));
    ids.add(slotId({ by: 'category', currency, month, key: category }));
    ids.add(slotId({ by: 'sku', currency, month, key: sku }));
  }
  return [...ids];
}

const emptySlot = ({ by, currency, month, key }: SalesSlot): SalesDocument => ({ by, key, currency, month, days: {} });

/** Computes what an order adds to a document: one order, and the lines that the document counts. */
function sumOf(lines: readonly SoldLine[], slot: SalesSlot): Change {
  const sum = { orders: 1, units: 0, revenue: 0n };
  for (const line of lines) {
    if (!counts(slot, line)) continue;
    sum.units += line.quantity;
    sum.revenue += BigInt(line.revenue.amount);
  }
  return sum;
}

function counts({ by, currency, key }: SalesSlot, line: SoldLine): boolean {
  if (line.revenue.currency !== currency) return false;
  return by === 'day' || (by === 'sku' ? line.sku : line.category) === key;
}

function add(document: SalesDocument, day: string, change: Change): SalesDocument {
  const count = (document.days[day.slice(8)] ??= { orders: 0, units: 0, revenue: '0' });
  count.orders += change.orders;
  count.units += change.units;
  count.revenue = String(BigInt(count.revenue) + change.revenue);
  return document;
}
