import { Temporal } from 'temporal-polyfill';

/** A time as a clock in the time zone shows it, for a field of the type `datetime-local`: `2026-07-01T09:30`, with seconds if need be. */
export function wallTime(at: string, timeZone: string): string {
  const wall = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return wall.toString({ smallestUnit: 'second' }).replace(/:00$/, '');
}

/**
 * The time at which a clock in the time zone shows this, RFC 3339 UTC. What it shows twice is the earlier, what it leaves out is as
 * if it had not been put forward.
 */
export const instantOf = (wall: string, timeZone: string): string =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(timeZone).toInstant().toString();
