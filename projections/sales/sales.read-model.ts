import { DEFAULT_CHANNEL } from '../../domain/channel/index.js';
import type { OrderCancelled, OrderConfirmed, SoldLine } from '../../domain/order/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { BY_HOUR, quarterOf, tallied } from '../report-sums/index.js';
import type { Addition, ReportSumsDocument, TimedTally } from '../report-sums/index.js';
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

type Ordered = RecordedEvent<{
  readonly orderId: string;
  readonly lines: readonly SoldLine[];
  readonly channel?: string;
  readonly customer?: string;
}>;

/** When a customer's first order was confirmed, to the quarter of an hour. Id: `customer-` and who it is. */
export interface FirstOrder {
  readonly first: string;
}

/**
 * A customer is an account, else the person of an e-mail address, which is a random id; of older orders that did not say, the order.
 * An order of nothing was never sold: one whose lines are none has no currency either.
 */
function customerKey({ data: { customer, orderId, lines } }: Ordered): string | readonly string[] {
  return lines.length === 0 ? [] : `customer-${customer ?? orderId}`;
}

const DAY_MS = 86_400_000;
const MONTH = 'YYYY-MM'.length;

/**
 * Names the month of a customer's first order: the month of UTC where it is that of every time zone, else the quarter of an hour, by which
 * each zone tells its own; empty where no order of theirs was ever confirmed.
 */
export function cohortOf(doc: FirstOrder | null): string {
  if (doc === null) return '';
  const ms = Date.parse(`${doc.first}Z`);
  const [before, after] = [ms - DAY_MS, ms + DAY_MS].map((near) => new Date(near).toISOString().slice(0, MONTH));
  return before === after ? doc.first.slice(0, MONTH) : doc.first;
}

type CustomerSums = Addition<'customers'>['adds'];

/** What an order adds to the sums of its time, in the cohort of its customer. */
function orderTally(event: Ordered, doc: FirstOrder | null, adds: CustomerSums): TimedTally {
  const { channel, lines } = event.data;
  const addition = { report: 'customers', dimension: 'cohort', key: cohortOf(doc), adds } as const;
  return { at: event.at, currency: lines[0]?.revenue.currency ?? '', channel, additions: [addition] };
}

const revenueOf = ({ data }: Ordered): bigint =>
  data.lines.reduce((sum, { revenue }) => sum + BigInt(revenue.amount), 0n);

const firstOf = ({ at }: Ordered): FirstOrder => ({ first: quarterOf(at) });

/** What a confirmed order counts as. */
export function confirmedTally(doc: FirstOrder | null, event: Ordered): TimedTally {
  const isNew = doc === null;
  const counts = { new: isNew ? 1 : 0, returning: isNew ? 0 : 1, orders: 1 };
  return orderTally(event, doc ?? firstOf(event), { ...counts, revenue: revenueOf(event) });
}

/** What a cancellation takes back at its own time. */
export function cancelledTally(doc: FirstOrder | null, event: RecordedEvent<OrderCancelled['data']>): TimedTally {
  return orderTally(event, doc, { orders: event.data.wholly ? -1 : 0, revenue: -revenueOf(event) });
}

/**
 * Who ordered for the first time, a document each, and the sums of what customers order, by hour and cohort: orders and revenue as in the
 * report of sales, whose sums these are. Nothing of it is personal: once a person is forgotten, the id stands for nobody.
 */
export const customerOrdersReadModel = readModel<FirstOrder | ReportSumsDocument, OrderConfirmed | OrderCancelled>({
  name: 'customer-orders',
  version: 2,
  indexes: [BY_HOUR],
  on: {
    'order.confirmed.v1': {
      key: customerKey,
      evolve: (doc, event) => doc ?? firstOf(event),
      passesOn: (doc, event) => tallied([confirmedTally(doc as FirstOrder | null, event)]),
    },
    'order.cancelled.v1': {
      key: customerKey,
      evolve: (doc) => doc,
      passesOn: (doc, event) => tallied([cancelledTally(doc as FirstOrder | null, event)]),
    },
  },
});
