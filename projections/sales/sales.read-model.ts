import { DEFAULT_CHANNEL } from '../../domain/channel/index.js';
import type { OrderCancelled, OrderConfirmed, SoldLine } from '../../domain/order/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { salesFields } from './sales-fields.js';
import { readModel } from '../../infra/engine/projections/read-model.js';

export const SALES_DIMENSIONS = ['day', 'category', 'sku'] as const;
export type SalesDimension = (typeof SALES_DIMENSIONS)[number];

/** How long the parts of a document are: a UTC day, or a quarter of an hour. */
export type SalesGrain = 'days' | 'quarters';

/**
 * What was sold in one part of a document's time; a list, as a document may have thousands. Revenue is lines after discounts,
 * without tax and shipping, in minor units as text of its digits: each order's amount is exact, and a sum of them may go
 * beyond what a JSON number keeps.
 */
export type SalesCount = [orders: number, units: number, revenue: string];

/**
 * What was sold of one key in one currency over some time. Days begin at another time in every time zone, but always at a
 * quarter of an hour of UTC, so sales are kept by quarters of an hour wherever a day of some zone may begin:
 *
 * | by            | grain    | period       | counts                         |
 * | ------------- | -------- | ------------ | ------------------------------ |
 * | day           | quarters | `2026`       | the quarters of that UTC day   |
 * | category, sku | days     | `2026-11`    | the UTC days of the month      |
 * | category, sku | quarters | `2026-11-05` | the quarters of that UTC day   |
 *
 * A report on categories and SKUs adds up whole UTC days by months, and takes quarters of the first and the last day alone.
 * Sums that fall to zero stay.
 */
export interface SalesDocument {
  by: SalesDimension;
  grain: SalesGrain;
  currency: string;
  period: string;
  /** The UTC day (`2026-11-05`), the category or the SKU. */
  key: string;
  /** By day of the month (`05`) or beginning of the quarter (`10:45`), a blank and the channel's code. */
  counts: Record<string, SalesCount>;
}

/** What a document counts; `|` cannot be in the parts before the key, which comes last. */
export type SalesSlot = Readonly<Omit<SalesDocument, 'counts'>>;

export const slotId = ({ by, grain, currency, period, key }: SalesSlot): string =>
  `${by}|${grain}|${currency}|${period}|${key}`;

const SLOT = /^(day|category|sku)\|(days|quarters)\|([^|]+)\|([^|]+)\|(.*)$/s;

export function slotOf(id: string): SalesSlot {
  const [, by, grain, currency, period, key] = SLOT.exec(id) ?? [];
  if (by === undefined || currency === undefined || period === undefined || key === undefined) {
    throw new RangeError(`${id} names no sales document`);
  }
  return { by: by as SalesDimension, grain: grain as SalesGrain, currency, period, key };
}

/** The UTC day, month or year that a document is about, in which all that it counts was sold. */
export const timeOf = ({ by, period, key }: SalesSlot): string => (by === 'day' ? key : period);

/** A part of a document: when it began, as UTC day or as `2026-11-05T10:45`, what was sold in it, and where. */
export interface SalesPart {
  readonly at: string;
  readonly channel: string;
  readonly count: SalesCount;
}

export function* partsOf(document: SalesDocument): Generator<SalesPart> {
  const time = timeOf(document);
  const joint = document.grain === 'days' ? '-' : 'T';
  for (const [name, count] of Object.entries(document.counts)) {
    const blank = name.indexOf(' ');
    yield { at: `${time}${joint}${name.slice(0, blank)}`, channel: name.slice(blank + 1), count };
  }
}

type Sold = RecordedEvent<{ readonly lines: readonly SoldLine[]; readonly channel?: string }>;

/** Counted at the time of the confirmation; a cancellation subtracts at its own. Refunds change nothing. */
export const salesReadModel = readModel<SalesDocument, OrderConfirmed | OrderCancelled>({
  name: 'sales',
  version: 3,
  indexes: [{ name: 'by-period', fields: ['by', 'grain', 'currency', 'period', 'key'] }],
  on: {
    'order.confirmed.v1': {
      key: slotsOf,
      evolve: (doc, event, id) => {
        const document = doc ?? { ...slotOf(id), counts: {} };
        return add(document, partOf(document, event), sumOf(event.data.lines, document));
      },
    },
    'order.cancelled.v1': {
      key: slotsOf,
      evolve: (doc, event, id) => {
        const document = doc ?? { ...slotOf(id), counts: {} };
        const { lines, kept, wholly } = event.data;
        const { units, revenue } = sumOf(lines, document);
        // The order still counts for the keys of its lines that had shipped.
        const stays = kept?.some((line) => counts(document, line)) ?? !wholly;
        const change = { orders: stays ? 0 : -1, units: -units, revenue: -revenue };
        return add(document, partOf(document, event), change);
      },
    },
  },
  explains: salesFields,
});

/** What an event adds to a part. */
interface Change {
  readonly orders: number;
  readonly units: number;
  readonly revenue: bigint;
}

/** The documents that the lines touch, each once; times of the log are RFC 3339 in UTC. */
function slotsOf({ at, data }: Sold): string[] {
  const day = at.slice(0, 10);
  const ids = new Set<string>();
  for (const { sku, category, revenue } of data.lines) {
    const { currency } = revenue;
    ids.add(slotId({ by: 'day', grain: 'quarters', currency, period: day.slice(0, 4), key: day }));
    for (const [by, key] of [['category', category] as const, ['sku', sku] as const]) {
      ids.add(slotId({ by, grain: 'days', currency, period: day.slice(0, 7), key }));
      ids.add(slotId({ by, grain: 'quarters', currency, period: day, key }));
    }
  }
  return [...ids];
}

/** Names the part of the document in which the event counts. */
function partOf({ grain }: SalesSlot, { at, data }: Sold): string {
  const { channel = DEFAULT_CHANNEL } = data;
  if (grain === 'days') return `${at.slice(8, 10)} ${channel}`;
  return `${quarterOf(at).slice(11)} ${channel}`;
}

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

function add(document: SalesDocument, part: string, change: Change): SalesDocument {
  const [orders, units, revenue] = document.counts[part] ?? [0, 0, '0'];
  document.counts[part] = [orders + change.orders, units + change.units, String(BigInt(revenue) + change.revenue)];
  return document;
}

/** Minutes in which a quarter of an hour begins. */
const QUARTER = 15;

/**
 * Names the quarter of an hour that a time of the log (RFC 3339 UTC) lies in by the minute in which it begins, `2026-11-05T10:45`.
 * Days begin at a quarter of an hour of UTC in every time zone, so that sums by quarters add up to the days of any.
 */
export function quarterOf(at: string): string {
  const minute = Number(at.slice(14, 16));
  return `${at.slice(0, 14)}${String(minute - (minute % QUARTER)).padStart(2, '0')}`;
}

/** A quarter of an hour in one channel and currency. */
export interface OrderPlace {
  /** `2026-11-05T10:45` */
  at: string;
  channel: string;
  currency: string;
}

/** Where a customer's first confirmed order counts. Id: `customer-` and who it is. */
export interface FirstOrder {
  first: OrderPlace;
}

/** `confirmed` are the orders that were confirmed, `orders` those less the ones cancelled; revenue in minor units as text of its digits. */
export type CustomerCount = [confirmed: number, orders: number, revenue: string];

/** What a customer ordered on a day of UTC. Id: `2026-11-05 ` and who it is. */
export interface CustomerDay {
  day: string;
  /** An account, else the person of an e-mail address, which is a random id; of older orders that did not say, the order. */
  customer: string;
  /** By the beginning of the quarter, currency and channel: `10:45 EUR default`. */
  counts: Record<string, CustomerCount>;
}

export interface CustomerPart extends OrderPlace {
  readonly count: CustomerCount;
}

export function* customerParts({ day, counts }: CustomerDay): Generator<CustomerPart> {
  for (const [name, count] of Object.entries(counts)) {
    const [time = '', currency = ''] = name.split(' ', 2);
    const channel = name.slice(time.length + currency.length + 2);
    yield { at: `${day}T${time}`, currency, channel, count };
  }
}

export const firstOrderOf = (customer: string): string => `customer-${customer}`;

type Ordered = RecordedEvent<{
  readonly orderId: string;
  readonly lines: readonly SoldLine[];
  readonly channel?: string;
  readonly customer?: string;
}>;

const customerOf = ({ data: { customer, orderId } }: Ordered): string => customer ?? orderId;
const currencyOf = ({ data: { lines } }: Ordered): string | undefined => lines[0]?.revenue.currency;
const dayOf = ({ at }: Ordered): string => at.slice(0, 'YYYY-MM-DD'.length);
const idOfDay = (event: Ordered): string => `${dayOf(event)} ${customerOf(event)}`;

function placeOf(event: Ordered, currency: string): OrderPlace {
  return { at: quarterOf(event.at), channel: event.data.channel ?? DEFAULT_CHANNEL, currency };
}

/** An order of nothing was never sold: one whose lines are none has no currency either. */
function addOrder(doc: CustomerDay | null, event: Ordered, change: CustomerCount): CustomerDay {
  const document = doc ?? { day: dayOf(event), customer: customerOf(event), counts: {} };
  const { at, channel, currency } = placeOf(event, currencyOf(event) ?? '');
  const name = `${at.slice(11)} ${currency} ${channel}`;
  const [confirmed, orders, revenue] = document.counts[name] ?? [0, 0, '0'];
  const sum = String(BigInt(revenue) + BigInt(change[2]));
  document.counts[name] = [confirmed + change[0], orders + change[1], sum];
  return document;
}

const revenueOf = ({ data }: Ordered, sign: 1n | -1n): string =>
  String(data.lines.reduce((sum, { revenue }) => sum + sign * BigInt(revenue.amount), 0n));

/**
 * Who ordered for the first time, and what customers order: orders and revenue as in the report of sales, whose sums these are. Nothing
 * of it is personal: once a person is forgotten, the id stands for nobody.
 */
export const customerOrdersReadModel = readModel<FirstOrder | CustomerDay, OrderConfirmed | OrderCancelled>({
  name: 'customer-orders',
  version: 1,
  indexes: [{ name: 'by-day', fields: ['day'] }],
  on: {
    'order.confirmed.v1': {
      key: (event) => (currencyOf(event) === undefined ? [] : [idOfDay(event), firstOrderOf(customerOf(event))]),
      evolve: (doc, event, id) => {
        if (id === idOfDay(event)) return addOrder(doc as CustomerDay | null, event, [1, 1, revenueOf(event, 1n)]);
        return doc ?? { first: placeOf(event, currencyOf(event) ?? '') };
      },
    },
    'order.cancelled.v1': {
      key: (event) => (currencyOf(event) === undefined ? [] : idOfDay(event)),
      evolve: (doc, event) => {
        const orders = event.data.wholly ? -1 : 0;
        return addOrder(doc as CustomerDay | null, event, [0, orders, revenueOf(event, -1n)]);
      },
    },
  },
});
