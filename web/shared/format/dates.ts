const minute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const moment = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
const longDay = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const ago = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** `Mar 1, 2026, 9:30 AM`, in the reader's time zone. */
export const timeText = (at: string): string => minute.format(new Date(at));

/** The same to the millisecond, for what happens within one second. */
export const momentText = (at: string): string => moment.format(new Date(at));

/** `09:30:00.123 AM`. */
export const timeOfDay = (at: string): string => clock.format(new Date(at));

/** `Sunday, March 1, 2026`, the day of a time in the reader's time zone. */
export const dayOf = (at: string): string => longDay.format(new Date(at));

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** `3 hours ago`; below a minute `just now`. */
export function agoText(at: string, now: number): string {
  const passed = now - Date.parse(at);
  const unit = UNITS.find(([, ms]) => passed >= ms);
  return unit === undefined ? 'just now' : ago.format(-Math.floor(passed / unit[1]), unit[0]);
}
