/** Minutes of UTC, `2026-11-05T10:45`: as text they compare as the times that they are. */
type UtcMinute = string;

/** The days of a calendar by some clock on a wall: most have 24 hours, and those on which clocks are put forward or back do not. */
export interface LocalDays {
  /** When a day (`2026-11-05`) begins; a day that the zone left out begins with the next. */
  startOf(day: string): UtcMinute;
  /** When it ends, which is when the next begins; null for the last of the years that have four digits. */
  endOf(day: string): UtcMinute | null;
  /** The day that a minute belongs to. */
  dayOf(minute: UtcMinute): string;
}

const DAY_MS = 86_400_000;
const LAST_DAY = '9999-12-31';

const utcDays: LocalDays = {
  startOf: (day) => `${day}T00:00`,
  endOf: (day) =>
    day === LAST_DAY ? null : new Date(Date.parse(`${day}T00:00Z`) + DAY_MS).toISOString().slice(0, MINUTE),
  dayOf: (minute) => minute.slice(0, 10),
};

const MINUTE = 'YYYY-MM-DDTHH:MM'.length;

/**
 * Makes the days of a time zone.
 * @param timeZone a name of the IANA database
 * @throws RangeError there is no such zone
 */
export async function localDays(timeZone: string): Promise<LocalDays> {
  if (timeZone === 'UTC') return utcDays;
  // It takes longer to load than anything else here, and most installations are asked by UTC alone.
  const { Temporal } = await import('temporal-polyfill');
  // A zone that there is not is refused here and not at the first day.
  const zone = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone).timeZoneId;
  const minuteOf = (day: InstanceType<typeof Temporal.PlainDate>): UtcMinute =>
    day.toZonedDateTime(zone).toInstant().toString().slice(0, MINUTE);
  const startOf = (day: string): UtcMinute => minuteOf(Temporal.PlainDate.from(day));
  const endOf = (day: string): UtcMinute | null =>
    day === LAST_DAY ? null : minuteOf(Temporal.PlainDate.from(day).add({ days: 1 }));
  const dayAt = (minute: UtcMinute): string =>
    Temporal.Instant.from(`${minute}Z`).toZonedDateTimeISO(zone).toPlainDate().toString();
  return { startOf, endOf, dayOf: rememberingLast({ dayAt, startOf, endOf }) };
}

interface Calendar extends Pick<LocalDays, 'startOf' | 'endOf'> {
  readonly dayAt: (minute: UtcMinute) => string;
}

/** Most minutes that are asked about follow one another: of each day one is looked up. */
function rememberingLast({ dayAt, startOf, endOf }: Calendar): LocalDays['dayOf'] {
  let last: { readonly day: string; readonly start: UtcMinute; readonly end: UtcMinute | null } | undefined;
  return (minute) => {
    if (last === undefined || minute < last.start || (last.end !== null && minute >= last.end)) {
      const day = dayAt(minute);
      last = { day, start: startOf(day), end: endOf(day) };
    }
    return last.day;
  };
}
