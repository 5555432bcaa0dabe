import type { SalesDocument } from '../../projections/sales/index.js';
import type { SalesSelection } from './sales-months.js';

/** The sum of one key in one currency. */
export interface SalesItem {
  readonly key: string;
  orders: number;
  units: number;
  /** A sum of amounts may go beyond 2^53. */
  readonly revenue: { amount: bigint; readonly currency: string };
}

/** Adds the days that are asked for up, by key and currency; what had no such day is left out. */
export function grouped(documents: readonly SalesDocument[], selection: SalesSelection): SalesItem[] {
  const items = new Map<string, SalesItem>();
  for (const document of documents) {
    const { key, currency, month } = document;
    for (const [day, count] of Object.entries(document.days)) {
      if (!isAsked(`${month}-${day}`, selection)) continue;
      const id = `${currency} ${key}`;
      let item = items.get(id);
      if (item === undefined) items.set(id, (item = { key, orders: 0, units: 0, revenue: { amount: 0n, currency } }));
      item.orders += count.orders;
      item.units += count.units;
      item.revenue.amount += BigInt(count.revenue);
    }
  }
  return [...items.values()].sort(inOrder);
}

const isAsked = (day: string, { from, to }: SalesSelection): boolean =>
  (from === undefined || day >= from) && (to === undefined || day <= to);

/** By key, then currency. */
const inOrder = (a: SalesItem, b: SalesItem): number =>
  byCodePoint(a.key, b.key) || byCodePoint(a.revenue.currency, b.revenue.currency);

/** The order that stores keep texts in; JavaScript's own differs beyond U+FFFF. */
export const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
