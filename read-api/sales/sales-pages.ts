import { setImmediate } from 'node:timers/promises';
import type { DocumentQuery } from '../../infra/shared/document-query.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { partsOf } from '../../projections/sales/index.js';
import type { SalesDocument } from '../../projections/sales/index.js';
import { byCodePoint, inReportOrder, MOST_SCANNED } from '../shared/index.js';
import type { ReportPlace } from '../shared/index.js';
import { AFTER_ALL, includes, sequencesOf } from './sales-selection.js';
import type { SalesSelection, SalesSequence } from './sales-selection.js';

/** The sum of one key in one currency. */
export interface SalesItem {
  readonly key: string;
  orders: number;
  units: number;
  /** A sum of amounts may go beyond 2^53. */
  readonly revenue: { amount: bigint; readonly currency: string };
}

/** Adds up what is asked for, by key and currency; what had nothing in that time is left out. */
export function grouped(documents: readonly SalesDocument[], selection: SalesSelection): SalesItem[] {
  const items = new Map<string, SalesItem>();
  for (const document of documents) {
    const { currency } = document;
    for (const {
      at,
      channel,
      count: [orders, units, revenue],
    } of partsOf(document)) {
      if (!includes(selection, document.grain, at)) continue;
      if (selection.channel !== undefined && channel !== selection.channel) continue;
      const key = document.by === 'day' ? selection.days.dayOf(at) : document.key;
      const id = `${currency} ${key}`;
      let item = items.get(id);
      if (item === undefined) items.set(id, (item = { key, orders: 0, units: 0, revenue: { amount: 0n, currency } }));
      item.orders += orders;
      item.units += units;
      item.revenue.amount += BigInt(revenue);
    }
  }
  return [...items.values()].sort((a, b) => inReportOrder(placeOf(a), placeOf(b)));
}

export interface SalesPage {
  readonly items: readonly SalesItem[];
  /** Where the next page begins; null after the last. */
  readonly next: ReportPlace | null;
}

export interface SalesPageRequest extends SalesSelection {
  readonly after: ReportPlace | undefined;
  readonly limit: number;
}

/**
 * A page of the report, by key and then currency: months, and the days that are counted in part, are merged as they lie in
 * the index, so that a page costs what its keys cost, however many were ever sold.
 */
export async function salesPage(store: ReadModelStore, request: SalesPageRequest): Promise<SalesPage> {
  const { limit } = request;
  const sequences = await sequencesOf(store, request);
  const items: SalesItem[] = [];
  let after = request.after;
  let batch = firstBatch(request);
  for (let scanned = 0; scanned < MOST_SCANNED;) {
    // Embedded stores answer without giving way: between batches other requests get their turn.
    if (scanned > 0) await setImmediate();
    const step = await mergeStep(store, sequences, { request, after, batch });
    items.push(...step.items);
    if (items.length > limit) return { items: items.slice(0, limit), next: placeAfter(items[limit - 1]) };
    if (step.upTo === null) return { items, next: null };
    after = { key: step.upTo, currency: AFTER_ALL };
    scanned += step.scanned;
    batch = Math.min(2 * batch, LARGEST_BATCH);
  }
  return { items, next: after ?? null };
}

interface MergeStep {
  readonly items: readonly SalesItem[];
  /** The items up to this key are complete and all there; null when nothing follows. */
  readonly upTo: string | null;
  /** How many documents were read. */
  readonly scanned: number;
}

interface StepFrom {
  readonly request: SalesPageRequest;
  readonly after: ReportPlace | undefined;
  /** How many documents of each sequence are read. */
  readonly batch: number;
}

async function mergeStep(
  store: ReadModelStore,
  sequences: readonly SalesSequence[],
  from: StepFrom,
): Promise<MergeStep> {
  const { request, after, batch } = from;
  const pages = await Promise.all(
    sequences.map((sequence) => store.find<SalesDocument>('sales', queryOf(sequence, from))),
  );
  let upTo: string | null = null;
  for (const page of pages) {
    const last = page.length < batch ? undefined : page.at(-1)?.doc;
    if (last === undefined) continue;
    const complete = request.by === 'day' ? lastCompleteDay(last.key, request) : last.key;
    if (upTo === null || byCodePoint(complete, upTo) < 0) upTo = complete;
  }
  const documents = pages.flat().map(({ doc }) => doc);
  const horizon = upTo;
  const items = grouped(documents, request).filter(
    (item) =>
      (after === undefined || inReportOrder(placeOf(item), after) > 0) &&
      (horizon === null || byCodePoint(item.key, horizon) <= 0),
  );
  return { items, upTo, scanned: documents.length };
}

/** The last local day of which a UTC day and those before it have all: the one in which the UTC day ends may go on in the next. */
function lastCompleteDay(utcDay: string, { days }: SalesSelection): string {
  const start = days.startOf(days.dayOf(`${utcDay}T23:45`));
  return days.dayOf(minuteBefore(start));
}

const minuteBefore = (minute: string): string =>
  new Date(Date.parse(`${minute}Z`) - 60_000).toISOString().slice(0, minute.length);

/**
 * How much of a sequence is read at once: what a page shows, and more with every step, as what is left out may empty many
 * keys. A local day lies in two UTC days, and of the last of those that are read it is not known whether it is complete.
 */
const firstBatch = ({ by, limit }: SalesPageRequest): number => limit + (by === 'day' ? 3 : 1);
const LARGEST_BATCH = 500;

function queryOf(sequence: SalesSequence, { request, after, batch }: StepFrom): DocumentQuery {
  const { grain, currency, period } = sequence;
  const query = { index: 'by-period', equals: [request.by, grain, currency, period], limit: batch };
  if (request.by === 'day') return { ...query, ...daysOf(request, after) };
  if (after === undefined) return query;
  // The same key in a later currency is still to come.
  if (currency > after.currency) return { ...query, range: { gte: after.key } };
  return { ...query, after: [after.key, AFTER_ALL] };
}

/** The UTC days that hold something of the span from a place on. */
function daysOf({ span, days }: SalesPageRequest, after: ReportPlace | undefined): Pick<DocumentQuery, 'range'> {
  const from = after === undefined ? span.from : days.startOf(after.key);
  const range = {
    ...(from === undefined ? {} : { gte: from.slice(0, 10) }),
    ...(span.to === undefined ? {} : { lte: span.to.slice(0, 10) }),
  };
  return Object.keys(range).length === 0 ? {} : { range };
}

const placeOf = ({ key, revenue: { currency } }: SalesItem): ReportPlace => ({ key, currency });

const placeAfter = (item: SalesItem | undefined): ReportPlace | null => (item === undefined ? null : placeOf(item));
