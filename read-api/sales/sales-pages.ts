import { setImmediate } from 'node:timers/promises';
import type { DocumentQuery, ReadStore } from '../../infra/read-store/index.js';
import type { SalesDocument } from '../../projections/sales/index.js';
import { MOST_SCANNED } from '../shared/index.js';
import { byCodePoint, grouped } from './sales-groups.js';
import type { SalesItem } from './sales-groups.js';
import { AFTER_ALL, monthsOf } from './sales-months.js';
import type { SalesMonth, SalesSelection } from './sales-months.js';

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
export async function salesPage(store: ReadStore, request: SalesPageRequest): Promise<SalesPage> {
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

async function mergeStep(store: ReadStore, months: readonly SalesMonth[], from: StepFrom): Promise<MergeStep> {
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
