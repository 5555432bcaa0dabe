/** Days with both ends, as `2026-03-01`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const DAY_MS = 86_400_000;

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The days of a period, its first one first; a period that ends before it begins has none. */
export function daysOf({ from, to }: Period): readonly string[] {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const count = Math.max(0, Math.floor((last - first) / DAY_MS) + 1);
  return Array.from({ length: count }, (_, index) => dayOf(first + index * DAY_MS));
}

/** As many days right before a period. */
export function before(period: Period): Period {
  const first = Date.parse(period.from);
  return { from: dayOf(first - daysOf(period).length * DAY_MS), to: dayOf(first - DAY_MS) };
}

/** The last days up to one in a time zone. */
export function lastDays(count: number, now: Date, timeZone: string): Period {
  // The Swedish way to write a day is ISO 8601.
  const to = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
  return { from: dayOf(Date.parse(to) - (count - 1) * DAY_MS), to };
}

/** The last months up to the one of a day, each as its days, the earliest first. */
export function monthsUpTo(day: string, count: number): readonly Period[] {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return Array.from({ length: count }, (_, index) => {
    const ahead = month - count + index;
    // Day 0 of a month is the last one of the month before.
    return { from: dayOf(Date.UTC(year, ahead, 1)), to: dayOf(Date.UTC(year, ahead + 1, 0)) };
  });
}
