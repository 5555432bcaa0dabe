import type { EventStore } from '../../infra/event-store/index.js';
import { invalid, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { inLog, queryName, readKeyset } from './keyset.js';
import { localDays, type LocalDays } from './local-days.js';
import type { ReportForm } from './report-form.js';

/** Minutes of UTC, `2026-11-05T10:45`; what is not said has no bound. */
export interface Span {
  readonly from?: string | undefined;
  /** It has ended by then. */
  readonly to?: string | undefined;
}

/** Days of a report, both inclusive. */
export interface DayRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export const spanOf = (days: LocalDays, { from, to }: DayRange): Span => ({
  from: from === undefined ? undefined : days.startOf(from),
  to: to === undefined ? undefined : (days.endOf(to) ?? undefined),
});

/** Whether a quarter of an hour lies in a span. */
export const isWithin = ({ from, to }: Span, at: string): boolean =>
  (from === undefined || at >= from) && (to === undefined || at < to);

/** The order that stores keep texts in; JavaScript's own differs beyond U+FFFF. */
export const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What a report is asked for, whatever it counts. */
export interface ReportRequest extends DayRange {
  readonly by: string;
  /** A name of the IANA database: days are those of its clocks; `UTC` where it is left out. */
  readonly timeZone?: string | undefined;
  readonly currency?: string | undefined;
  readonly channel?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What a report counts: the same with its days, as a span of time. */
export interface ReportSelection extends Omit<ReportRequest, 'from' | 'to' | 'limit' | 'cursor'> {
  readonly days: LocalDays;
  readonly span: Span;
}

/** @throws ProblemError 400 naming `from` */
export async function selectionOf(request: ReportRequest): Promise<ReportSelection> {
  const { by, from, to, timeZone = 'UTC', currency, channel } = request;
  if (from !== undefined && to !== undefined && from > to) throw invalid('from', 'must not be after to');
  const days = await localDays(timeZone);
  return { by, timeZone, currency, channel, days, span: spanOf(days, request) };
}

/** Where an item stands in its report: by key, then currency, which is empty where the report has none. */
export interface ReportPlace {
  readonly key: string;
  readonly currency: string;
}

export const inReportOrder = (a: ReportPlace, b: ReportPlace): number =>
  byCodePoint(a.key, b.key) || byCodePoint(a.currency, b.currency);

/** Names a report with what it is asked for, so that a cursor is good for no other. */
export function reportName(report: string, request: ReportRequest, log: Pick<EventStore, 'logId'>): string {
  const { by, from, to, timeZone = 'UTC', currency, channel } = request;
  return inLog(queryName(report, { by, from, to, timeZone, currency, channel }), log);
}

/** The item after which a page begins. @throws ProblemError 400 naming `cursor` */
export function placeIn(cursor: string | undefined, name: string): ReportPlace | undefined {
  const keyset = readKeyset(cursor, name, 2);
  if (keyset === undefined) return undefined;
  const [key = '', currency = ''] = keyset;
  return { key, currency };
}

export const cursorAfter = (name: string, place: ReportPlace | null): string | null =>
  place === null ? null : writeCursor(name, [place.key, place.currency]);

/** An item with its place; reports are sorted by it. */
export interface PlacedItem<Item> extends ReportPlace {
  readonly item: Item;
}

export interface PageOfReport {
  readonly name: string;
  readonly request: ReportRequest;
  readonly form: ReportForm;
}

/** A page of a whole report, or all of it where a table is asked for. @throws ProblemError 400 naming `cursor` */
export function pageOfReport<Item>(
  found: readonly PlacedItem<Item>[],
  { name, request, form }: PageOfReport,
): Page<Item> {
  const after = placeIn(request.cursor, name);
  const sorted = [...found].sort(inReportOrder);
  const items = (rows: readonly PlacedItem<Item>[]): readonly Item[] => rows.map(({ item }) => item);
  if (form === 'csv') return { items: items(sorted), nextCursor: null };
  const rest = after === undefined ? sorted : sorted.filter((one) => inReportOrder(one, after) > 0);
  const rows = rest.slice(0, request.limit);
  const last = rows.at(-1);
  const next = rest.length > rows.length && last !== undefined ? last : null;
  return { items: items(rows), nextCursor: cursorAfter(name, next) };
}
