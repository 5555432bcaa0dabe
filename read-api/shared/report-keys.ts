/** Spans of days that any report can be grouped by. */
export const PERIODS = ['day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

export const isPeriod = (by: string): by is Period => PERIODS.some((period) => period === by);

/** Names the day itself, its week (ISO 8601, `2026-W45`) or its month (`2026-11`). */
export function periodOf(period: Period, day: string): string {
  if (period === 'day') return day;
  return period === 'month' ? day.slice(0, 'YYYY-MM'.length) : weekOf(day);
}

const DAY_MS = 86_400_000;

/** Weeks begin on Monday, and belong to the year that has their Thursday. */
function weekOf(day: string): string {
  const date = new Date(`${day}T00:00Z`);
  const weekday = (date.getUTCDay() + 6) % 7;
  const thursday = new Date(date.getTime() + (3 - weekday) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${String(year).padStart(4, '0')}-W${String(week).padStart(2, '0')}`;
}
