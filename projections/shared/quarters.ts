/** Minutes in which a quarter of an hour begins. */
const QUARTER = 15;

/**
 * Names the quarter of an hour that a time of the log (RFC 3339 UTC) lies in by the minute in which it begins, `2026-11-05T10:45`.
 * Days begin at a quarter of an hour of UTC in every time zone, so that sums by quarters add up to the days of any.
 */
export function quarterOf(at: string): string {
  const minute = Number(at.slice(14, 16));
  return `${at.slice(0, 14)}${String(minute - (minute % QUARTER)).padStart(2, '0')}`;
}
