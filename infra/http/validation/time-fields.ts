import { field } from './field.js';

const RFC3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d{1,9}))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;

const MINUTE_MS = 60_000;
const END_OF_MINUTE = MINUTE_MS - 1;
const FIRST_MOMENT = utcDate(0, 1, 1);
const LAST_MOMENT = utcDate(9999, 12, 31) + 24 * 60 * MINUTE_MS - 1;

/** What a schema can say of times and days; that the calendar has them, it cannot. */
export const TIME_PATTERN = RFC3339.source;
export const DAY_PATTERN = DAY.source;

/** What is wrong with a text that is no time, so that the right one can be written. */
export const TIME_FORMAT = 'an RFC 3339 time such as 2026-01-31T09:30:00Z';

/** Whether it is an RFC 3339 time that exists. */
export const isTimestamp = (value: unknown): value is string => typeof value === 'string' && momentOf(value) !== null;

/** Whether it is a day `YYYY-MM-DD` of the calendar. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const match = DAY.exec(value);
  return match !== null && dayOf(match) !== null;
}

/** A day's beginning or an RFC 3339 time, in UTC with milliseconds, as events have it: such times compare as text. */
export function utcOf(timestamp: string): string {
  const day = DAY.exec(timestamp);
  const moment = day === null ? momentOf(timestamp) : dayOf(day);
  if (moment === null) throw new RangeError('neither a day nor an RFC 3339 time');
  return new Date(moment).toISOString();
}

/**
 * Milliseconds since the epoch; null where there is no such time. A leap second, which is the last of a month in UTC, is
 * the end of the second before it: clocks here do not count it.
 */
function momentOf(text: string): number | null {
  const match = RFC3339.exec(text);
  const day = match === null ? null : dayOf(match);
  if (match === null || day === null) return null;
  const [, , , , hours, minutes, seconds] = match;
  const minute = day + minutesOf(hours, minutes) * MINUTE_MS - offsetOf(match);
  const isLeapSecond = seconds === '60';
  if (isLeapSecond && !endsMonth(minute + MINUTE_MS)) return null;
  const moment = minute + (isLeapSecond ? END_OF_MINUTE : Number(seconds) * 1000 + millisecondsOf(match));
  // An offset can push a time out of the years that have four digits, which no longer compare.
  return Math.min(Math.max(moment, FIRST_MOMENT), LAST_MOMENT);
}

const minutesOf = (hours = '0', minutes = '0'): number => Number(hours) * 60 + Number(minutes);

/** How far its clock is ahead of UTC, milliseconds. */
const offsetOf = ([, , , , , , , , sign, hours, minutes]: RegExpExecArray): number =>
  (sign === '-' ? -1 : 1) * minutesOf(hours, minutes) * MINUTE_MS;

/** What is finer than a millisecond is left out. */
const millisecondsOf = ([, , , , , , , fraction = '']: RegExpExecArray): number =>
  Number(fraction.slice(0, 3).padEnd(3, '0'));

/** Whether a month ends where this moment begins. */
function endsMonth(moment: number): boolean {
  const next = new Date(moment);
  return next.getUTCDate() === 1 && next.getUTCHours() === 0 && next.getUTCMinutes() === 0;
}

/** The beginning of a day, UTC; null where the calendar has none, such as February 30. */
function dayOf([, year, month, day]: RegExpExecArray): number | null {
  const moment = utcDate(Number(year), Number(month), Number(day));
  const date = new Date(moment);
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) ? moment : null;
}

/** `Date.UTC` takes the years 0 to 99 for those of the twentieth century. */
function utcDate(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

const timestampRule = {
  name: 'isTimestamp',
  schema: { type: 'string' as const, format: 'date-time' },
  test: isTimestamp,
  message: `must be ${TIME_FORMAT}`,
};

export const Timestamp = (): PropertyDecorator => field(timestampRule);

export const OptionalTimestamp = (): PropertyDecorator => field({ ...timestampRule, optional: true });

/** A time that null takes away; absent leaves it as it is. */
export const RemovableTimestamp = (): PropertyDecorator =>
  field({ ...timestampRule, schema: { ...timestampRule.schema, nullable: true }, optional: true });
