import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { DomainEvent } from '../../../domain/shared/index.js';
import type { ReadApi } from '../../shared/test-support/index.js';

/** What may be asked of any report. */
export interface Question {
  readonly by: string;
  readonly timeZone: string;
  readonly from?: string;
  readonly to?: string;
  readonly currency?: string;
  readonly channel?: string;
}

/** An event as it is in the log, with its time. */
export interface Told {
  readonly stream: string;
  readonly event: DomainEvent;
  readonly at: string;
}

// Around midnights of the zones below, ends of months and years, and the days on which clocks are changed.
const MINUTES = [
  '2025-12-28T23:59',
  '2025-12-31T18:15',
  '2025-12-31T23:59',
  '2026-01-01T00:00',
  '2026-01-15T04:59',
  '2026-03-08T05:00',
  '2026-03-09T03:59',
  '2026-04-05T13:29',
  '2026-04-05T13:30',
  '2026-11-01T04:00',
  '2026-11-02T04:59',
  '2026-11-02T05:00',
  '2026-12-31T10:00',
];
const ZONES = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const DAYS = ['2025-12-29', '2025-12-31', '2026-01-01', '2026-03-08', '2026-11-01', '2026-12-31'];

export const CHANNELS = ['default', 'shop-de', 'constructor'];
export const CURRENCIES = ['EUR', 'USD', 'JPY'];

export const anyTime: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...MINUTES), fc.integer({ min: 0, max: 59_999 }))
  .map(([minute, ms]) => new Date(Date.parse(`${minute}Z`) + ms).toISOString());

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 1 });

export const anyQuestion = (by: readonly string[]): fc.Arbitrary<Question> =>
  fc
    .record({
      by: fc.constantFrom(...by),
      timeZone: fc.constantFrom(...ZONES),
      days: fc.tuple(maybe(fc.constantFrom(...DAYS)), maybe(fc.constantFrom(...DAYS))),
      currency: maybe(fc.constantFrom(...CURRENCIES)),
      channel: maybe(fc.constantFrom(...CHANNELS)),
    })
    .map(({ by: grouped, timeZone, days: [one, other], currency, channel }) => {
      const isTurned = one !== undefined && other !== undefined && one > other;
      const [from, to] = isTurned ? [other, one] : [one, other];
      return {
        by: grouped,
        timeZone,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(currency === undefined ? {} : { currency }),
        ...(channel === undefined ? {} : { channel }),
      };
    });

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day of a time by the clocks of a zone, as the language's own calendar tells it. */
export function dayIn(timeZone: string, at: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) formats.set(timeZone, (format = new Intl.DateTimeFormat('en-CA', { timeZone })));
  return format.format(new Date(at));
}

const DAY_MS = 86_400_000;
const weekdayOf = (ms: number): number => new Date(ms).getUTCDay() || 7;

/** Counts the Thursdays of the year up to that of the day's week. */
function weekIn(day: string): string {
  const noon = Date.parse(`${day}T12:00Z`);
  const thursday = noon + (4 - weekdayOf(noon)) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  let week = 0;
  for (let step = thursday; new Date(step).getUTCFullYear() === year; step -= 7 * DAY_MS) week += 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Whether something of this time, channel and currency is asked about. */
function isAsked(question: Question, what: { at: string; channel?: string | undefined; currency: string }): boolean {
  const { timeZone, from = '0000-01-01', to = '9999-12-31', currency = what.currency } = question;
  const { channel = 'default' } = what;
  const day = dayIn(timeZone, what.at);
  return day >= from && day <= to && currency === what.currency && (question.channel ?? channel) === channel;
}

/** The key that something of this time and channel has in a report by time or channel; undefined in any other. */
export function commonKey({ by, timeZone }: Question, at: string, channel = 'default'): string | undefined {
  const day = dayIn(timeZone, at);
  if (by === 'day') return day;
  if (by === 'month') return day.slice(0, 7);
  if (by === 'week') return weekIn(day);
  return by === 'channel' ? channel : undefined;
}

/** Rows by key, each with sums of its own. */
export function rowsOf<Row extends object>(nothing: Row) {
  const rows = new Map<string, Row>();
  const of = (key: string): Row => {
    const row = rows.get(key) ?? { ...nothing };
    rows.set(key, row);
    return row;
  };
  const all = <Told>(told: (found: { readonly key: string; readonly row: Row }) => Told): Told[] =>
    Array.from(rows, ([key, row]) => told({ key, row }));
  return { of, all };
}

/** What an event adds to a row. */
export interface Counted {
  readonly at: string;
  readonly channel: string | undefined;
  readonly currency: string;
  readonly key: string;
  readonly sums: Readonly<Record<string, number | bigint>>;
}

/** What of a row is a column: a number, an amount with its currency, or the currency itself. */
type Columns = Readonly<Record<string, 'count' | 'money' | 'currency'>>;

/** Adds up what is asked for, by key and currency. */
export function rowsBy(counted: readonly Counted[], question: Question, columns: Columns): Rows {
  const rows = rowsOf<Record<string, bigint>>({});
  for (const one of counted) {
    if (!isAsked(question, one)) continue;
    const row = rows.of(JSON.stringify([one.key, one.currency]));
    for (const [name, sum] of Object.entries(one.sums)) row[name] = (row[name] ?? 0n) + BigInt(sum);
  }
  return rows.all(({ key: place, row }) => {
    const [key = '', currency = ''] = JSON.parse(place) as string[];
    const cells = Object.entries(columns).flatMap(([name, kind]): (readonly [string, string])[] => {
      const sum = String(row[name] ?? 0n);
      if (kind === 'currency') return [[name, currency]];
      if (kind === 'count') return [[name, sum]];
      return [
        [`${name}.amount`, sum],
        [`${name}.currency`, currency],
      ];
    });
    return { key, ...Object.fromEntries(cells) };
  });
}

/** Records what is told in the order of its times. */
export async function record(api: ReadApi, history: readonly Told[]): Promise<void> {
  const inTime = history.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  for (const { stream, event, at } of inTime) api.record(stream, event, at);
  await api.catchUp();
}

/** The rows of a report, by key and currency; a plain object each with its columns as texts. */
export type Rows = readonly Readonly<Record<string, string>>[];

const inOrder = (rows: Rows): Rows =>
  [...rows].sort((one, other) => Buffer.compare(Buffer.from(JSON.stringify(one)), Buffer.from(JSON.stringify(other))));

/** Asks for the report in pages, in one page, and as a table, which all have to be what was told. */
export async function expectReport(api: ReadApi, report: string, question: Question, told: Rows): Promise<void> {
  const query = new URLSearchParams({ ...question }).toString();
  const path = `/v1/reports/${report}?${query}`;
  const [paged, whole] = [await api.all('analyst', `${path}&limit=5`), await api.all('analyst', `${path}&limit=100`)];
  const answer = await api.get(path, { accept: 'text/csv', ...(await api.bearer('analyst')) });
  const rows = parse(answer.text, { columns: true }) as unknown as Rows;
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect({ question, rows: inOrder(rows) }).toEqual({ question, rows: inOrder(told) });
  expect(paged).toEqual(whole);
  expect(whole.map((item) => rounded(flat(item)))).toEqual(rows.map(rounded));
}

/** Fields are asked for in turn. */
let asked = 0;

/** Asks why a field of an item is what it is: it is what is shown, and its parts add up to it. */
export async function expectExplained(api: ReadApi, report: string, question: Question): Promise<void> {
  const { by, currency: narrowed, ...scope } = question;
  const path = `/v1/reports/${report}?${new URLSearchParams({ ...question }).toString()}&limit=100`;
  const items = await api.all('analyst', path);
  const item = items[(asked += 1) % Math.max(1, items.length)];
  if (item === undefined) return;
  const cells = Object.entries(flat(item)).filter(([name, cell]) => name !== 'key' && /^-?\d+$/.test(cell));
  const [name = '', cell] = cells[asked % cells.length] ?? [];
  const currency = Object.entries(flat(item)).find(([column]) => /(^|\.)currency$/.test(column))?.[1] ?? narrowed;
  const resource = ['reports', report, by, item['key'], currency ?? []]
    .flat()
    .map((part) => encodeURIComponent(String(part)));
  const field = `/${name.replaceAll('.', '/')}`;
  const query = new URLSearchParams({ resource: resource.join('/'), field, ...scope }).toString();
  const { status, json } = await api.as('analyst', `/v1/explain?${query}`);
  const parts = (json['parts'] ?? []) as readonly { readonly value: number; readonly events: readonly object[] }[];
  expect({ query, status, value: json['value'] }).toEqual({ query, status: 200, value: Number(cell) });
  expect(parts.flatMap(({ events }) => events).length).toBeGreaterThan(0);
  const values = parts.map(({ value }) => value);
  if (![json['value'], ...values].every(Number.isSafeInteger)) return;
  expect(values.reduce((sum, value) => sum + BigInt(value), 0n)).toBe(BigInt(Number(json['value'])));
}

/** As readers of JSON see sums that go beyond 2^53. */
const rounded = (row: Rows[number]): Rows[number] =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, /^-?\d+$/.test(value) ? String(Number(value)) : value]),
  );

/** An item as a row of the table. */
function flat(item: object, path = ''): Record<string, string> {
  const entries = Object.entries(item).flatMap(([name, value]: [string, unknown]): (readonly [string, string])[] => {
    const column = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'object' && value !== null) return Object.entries(flat(value, column));
    return [[column, value === null ? '' : String(value)]];
  });
  return Object.fromEntries(entries);
}
