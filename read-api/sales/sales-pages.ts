import { setImmediate } from 'node:timers/promises';
import type { DocumentQuery } from '../../infra/shared/document-query.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import type { SalesDimension, SalesDocument } from '../../projections/sales/index.js';
import { MOST_SCANNED } from '../shared/index.js';

/** What a report is about; days are inclusive. */
export interface SalesSelection {
  readonly by: SalesDimension;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly currency?: string | undefined;
}

/** The sales of one month in one currency, a sequence of documents by key. */
export interface SalesMonth {
  readonly currency: string;
  readonly month: string;
}

/** Comes after every text, in order of code points. */
export const AFTER_ALL = '\u{10ffff}';

/** The months in which something of the selection may have been sold: one step along the index for each there is. */
export async function monthsOf(store: ReadModelStore, selection: SalesSelection): Promise<readonly SalesMonth[]> {
  const months: SalesMonth[] = [];
  let last: SalesMonth | undefined;
  for (;;) {
    const after = last === undefined ? {} : { after: [last.currency, last.month, AFTER_ALL, AFTER_ALL] };
    const query = { index: 'by-month', equals: [selection.by], ...after, limit: 1 };
    const [next] = await store.find<SalesDocument>('sales', query);
    if (next === undefined) return months;
    last = { currency: next.doc.currency, month: next.doc.month };
    if (isSelected(last, selection)) months.push(last);
  }
}

/** Whether something of a month may be part of the report. */
export function isSelected({ currency, month }: SalesMonth, { from, to, currency: wanted }: SalesSelection): boolean {
  if (wanted !== undefined && currency !== wanted) return false;
  return (from === undefined || month >= from.slice(0, 7)) && (to === undefined || month <= to.slice(0, 7));
}

/** The sum of one key in one currency. */
export interface SalesItem {
  readonly key: string;
  orders: number;
  units: number;
  /** A sum of amounts may go beyond 2^53. */
  readonly revenue: { amount: bigint; readonly currency: string };
}

/** Adds the days that are asked for up, by key and currency; what had no such day is left out. */
export function grouped(documents: readonly SalesDocument[], selection: SalesSelection): SalesItem[] {
  const items = new Map<string, SalesItem>();
  for (const document of documents) {
    const { key, currency, month } = document;
    for (const [day, count] of Object.entries(document.days)) {
      if (!isAsked(`${month}-${day}`, selection)) continue;
      const id = `${currency} ${key}`;
      let item = items.get(id);
      if (item === undefined) items.set(id, (item = { key, orders: 0, units: 0, revenue: { amount: 0n, currency } }));
      item.orders += count.orders;
      item.units += count.units;
      item.revenue.amount += BigInt(count.revenue);
    }
  }
  return [...items.values()].sort(inOrder);
}

const isAsked = (day: string, { from, to }: SalesSelection): boolean =>
  (from === undefined || day >= from) && (to === undefined || day <= to);

/** By key, then currency. */
const inOrder = (a: SalesItem, b: SalesItem): number =>
  byCodePoint(a.key, b.key) || byCodePoint(a.revenue.currency, b.revenue.currency);

/** The order that stores keep texts in; JavaScript's own differs beyond U+FFFF. */
export const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The last item of a page. */
export interface SalesPlace {
  readonly key: string;
  readonly currency: string;
}

export interface SalesPage {
  readonly items: readonly SalesItem[];
  /** Where the next page begins; null after the last. */
  readonly next: SalesPlace | null;
}

export interface SalesPageRequest extends SalesSelection {
  readonly after: SalesPlace | undefined;
  readonly limit: number;
}

/**
 * A page of the report, by key and then currency: the months are merged as they lie in the index, so that a page costs
 * what its keys cost, however many were ever sold.
 */
export async function salesPage(store: ReadModelStore, request: SalesPageRequest): Promise<SalesPage> {
  const { limit } = request;
  const months = await monthsOf(store, request);
  const items: SalesItem[] = [];
  let after = request.after;
  for (let scanned = 0; scanned < MOST_SCANNED;) {
    // Embedded stores answer without giving way: between batches other requests get their turn.
    if (scanned > 0) await setImmediate();
    const step = await mergeStep(store, months, { request, after });
    items.push(...grouped(step.documents, request));
    if (items.length > limit) return { items: items.slice(0, limit), next: placeOf(items[limit - 1]) };
    if (step.upTo === null) return { items, next: null };
    after = { key: step.upTo, currency: AFTER_ALL };
    scanned += step.documents.length;
  }
  return { items, next: after ?? null };
}

interface MergeStep {
  readonly documents: readonly SalesDocument[];
  /** Every document up to this key is among them; null when nothing follows. */
  readonly upTo: string | null;
}

interface StepFrom {
  readonly request: SalesPageRequest;
  readonly after: SalesPlace | undefined;
}

async function mergeStep(store: ReadModelStore, months: readonly SalesMonth[], from: StepFrom): Promise<MergeStep> {
  const batch = batchOf(from.request);
  const pages = await Promise.all(
    months.map((month) => store.find<SalesDocument>('sales', monthQuery(month, from, batch))),
  );
  let upTo: string | null = null;
  for (const page of pages) {
    const last = page.length < batch ? undefined : page.at(-1)?.doc.key;
    if (last !== undefined && (upTo === null || byCodePoint(last, upTo) < 0)) upTo = last;
  }
  const horizon = upTo;
  const documents = pages.flat().map(({ doc }) => doc);
  return {
    documents: horizon === null ? documents : documents.filter(({ key }) => byCodePoint(key, horizon) <= 0),
    upTo,
  };
}

/** Days that are left out may empty many keys; else a page needs no more of a month than it shows. */
const batchOf = ({ from, to, limit }: SalesPageRequest): number =>
  from === undefined && to === undefined ? limit + 1 : Math.max(limit + 1, FILTERED_BATCH);
const FILTERED_BATCH = 500;

function monthQuery({ currency, month }: SalesMonth, { request, after }: StepFrom, limit: number): DocumentQuery {
  const query = { index: 'by-month', equals: [request.by, currency, month], limit };
  if (after === undefined) return query;
  // The same key in a later currency is still to come.
  if (currency > after.currency) return { ...query, range: { gte: after.key } };
  return { ...query, after: [after.key, AFTER_ALL] };
}

const placeOf = (item: SalesItem | undefined): SalesPlace | null =>
  item === undefined ? null : { key: item.key, currency: item.revenue.currency };
