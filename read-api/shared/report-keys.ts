import { isDay } from '../../infra/http/index.js';

/** Spans of days that any report can be grouped by. */
export const PERIODS = ['day', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

export const isPeriod = (by: string): by is Period => PERIODS.some((period) => period === by);

/** Names the day itself, its week (ISO 8601, `2026-W45`) or its month (`2026-11`). */
export function periodOf(period: Period, day: string): string {
  if (period === 'day') return day;
  return period === 'month' ? day.slice(0, 'YYYY-MM'.length) : weekOf(day);
}

/** The days of such a key, both inclusive; null where there is none of this name. */
export function daysOf(period: Period, key: string): { readonly from: string; readonly to: string } | null {
  const day = firstDayOf(period, key);
  if (day === null || !isDay(day) || periodOf(period, day) !== key) return null;
  const last = new Date(`${day}T00:00Z`);
  if (period === 'week') last.setUTCDate(last.getUTCDate() + 6);
  if (period === 'month') last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return { from: day, to: last.toISOString().slice(0, 'YYYY-MM-DD'.length) };
}

function firstDayOf(period: Period, key: string): string | null {
  if (period === 'day') return key;
  if (period === 'month') return `${key}-01`;
  const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(key) ?? [];
  if (year === undefined) return null;
  // The first week is that of the fourth of January.
  const fourth = new Date(`${year}-01-04T00:00Z`);
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * DAY_MS;
  return new Date(monday + (Number(week) - 1) * 7 * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
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
