import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { timeOf } from '../../projections/sales/index.js';
import type { SalesDimension, SalesDocument, SalesGrain, SalesSlot } from '../../projections/sales/index.js';
import { isWithin } from '../shared/index.js';
import type { LocalDays, Span } from '../shared/index.js';

/** What a report is about. */
export interface SalesSelection {
  readonly by: SalesDimension;
  readonly currency?: string | undefined;
  readonly channel?: string | undefined;
  /** The days that it counts by. */
  readonly days: LocalDays;
  readonly span: Span;
}

/** What lies in the index of sales by key. */
export interface SalesSequence {
  readonly grain: SalesGrain;
  readonly currency: string;
  readonly period: string;
}

/** Comes after every text, in order of code points. */
export const AFTER_ALL = '\u{10ffff}';

/**
 * What a report has to add up: of days their quarters, of categories and SKUs the months with their whole days and, where the
 * first or the last day begins at another time than UTC's, the quarters of that UTC day.
 */
export async function sequencesOf(store: ReadModelStore, selection: SalesSelection): Promise<readonly SalesSequence[]> {
  const { by, span } = selection;
  if (by === 'day') return periodsOf(store, selection, 'quarters');
  const months = await periodsOf(store, selection, 'days');
  const partial = partialDaysOf(span);
  return [
    ...months.filter(({ period }) => hasWholeDays(period, span)),
    ...months.flatMap(({ currency, period }) =>
      partial
        .filter((day) => day.startsWith(period))
        .map((day) => ({ grain: 'quarters' as const, currency, period: day })),
    ),
  ];
}

/** The periods in which something of the selection may have been sold: one step along the index for each there is. */
async function periodsOf(
  store: ReadModelStore,
  selection: SalesSelection,
  grain: SalesGrain,
): Promise<readonly SalesSequence[]> {
  const found: SalesSequence[] = [];
  let last: SalesSequence | undefined;
  for (;;) {
    const after = last === undefined ? {} : { after: [last.currency, last.period, AFTER_ALL, AFTER_ALL] };
    const query = { index: 'by-period', equals: [selection.by, grain], ...after, limit: 1 };
    const [next] = await store.find<SalesDocument>('sales', query);
    if (next === undefined) return found;
    last = { grain, currency: next.doc.currency, period: next.doc.period };
    if (isWanted(last.currency, selection) && overlaps(last.period, selection.span)) found.push(last);
  }
}

const isWanted = (currency: string, { currency: wanted }: SalesSelection): boolean =>
  wanted === undefined || currency === wanted;

/** Whether a UTC day, month or year has something of a span. */
const overlaps = (time: string, { from, to }: Span): boolean =>
  (from === undefined || time >= from.slice(0, time.length)) && (to === undefined || time <= to.slice(0, time.length));

/** Whether a document may be part of the report. */
export function isSelected(slot: SalesSlot, selection: SalesSelection): boolean {
  return slot.by === selection.by && isWanted(slot.currency, selection) && overlaps(timeOf(slot), selection.span);
}

const MIDNIGHT = 'T00:00';

/** The UTC days that a span begins or ends in, but for those that it has from or up to their midnight. */
function partialDaysOf({ from, to }: Span): readonly string[] {
  const bounds = [from, to].filter((bound) => bound !== undefined && !bound.endsWith(MIDNIGHT));
  return [...new Set(bounds.map((bound = '') => bound.slice(0, 10)))];
}

/** A month may have only some hours of a span, at its beginning or its end. */
const hasWholeDays = (month: string, { from, to }: Span): boolean =>
  (from === undefined || `${month}-31` >= from.slice(0, 10)) && (to === undefined || `${month}-01${MIDNIGHT}` < to);

/** Whether a part of a document counts that began at `at`, a quarter or a whole day: one that lies in the span as a whole. */
export function includes({ span }: SalesSelection, grain: SalesGrain, at: string): boolean {
  if (grain === 'quarters') return isWithin(span, at);
  const { from, to } = span;
  return (from === undefined || `${at}${MIDNIGHT}` >= from) && (to === undefined || at < to.slice(0, 10));
}
