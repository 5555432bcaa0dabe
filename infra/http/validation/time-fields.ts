import { field } from './field.js';

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Whether it is an RFC 3339 time that exists. */
export function isTimestamp(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const match = RFC3339.exec(value);
  return match !== null && isDate(match) && !Number.isNaN(Date.parse(value));
}

/** Whether it is a day `YYYY-MM-DD` of the calendar. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const match = DAY.exec(value);
  return match !== null && isDate(match);
}

const END_OF_TIME = '9999-12-31T23:59:59.999Z';

/** A day's beginning or an RFC 3339 time, in UTC with milliseconds, as events have it: such times compare as text. */
export function utcOf(timestamp: string): string {
  const time = new Date(timestamp).toISOString();
  // A time zone can push the year to five digits, which no longer compares.
  return time.startsWith('+') ? END_OF_TIME : time;
}

/** Date.parse takes February 30; the calendar does not. */
function isDate([, year, month, day]: RegExpExecArray): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

export const OptionalTimestamp = (): PropertyDecorator =>
  field({
    name: 'isTimestamp',
    schema: { type: 'string', format: 'date-time' },
    test: isTimestamp,
    message: 'must be an RFC 3339 time',
    optional: true,
  });
