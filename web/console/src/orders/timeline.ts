import type { Schema } from '../../../shared/api/index.js';

export type Entry = Schema<'HistoryEntry'>;
type Order = Schema<'Order'>;

/** A time at which something happened to an order, to which the page can be taken back. */
export interface Moment {
  readonly at: string;
  /** What happened then, in words. */
  readonly titles: readonly string[];
}

/** The moments of an order, from its placement on: before, there was only its cart. */
export function momentsOf(entries: readonly Entry[], orderId: string): readonly Moment[] {
  const first = entries.findIndex(({ stream }) => stream === `order-${orderId}`);
  if (first < 0) return [];
  const placed = entries[first]?.at ?? '';
  const titles = new Map<string, string[]>();
  for (const { at, summary } of entries.filter((entry) => entry.at >= placed)) {
    titles.set(at, [...(titles.get(at) ?? []), summary]);
  }
  return [...titles].map(([at, told]) => ({ at, titles: told })).sort((one, other) => (one.at < other.at ? -1 : 1));
}

/** What happened on a day, in groups of what happened at one time. */
interface Day {
  readonly day: string;
  readonly times: readonly (readonly Entry[])[];
}

/** A history by the days that `dayOf` names, and within a day by its times. */
export function byDayAndTime(entries: readonly Entry[], dayOf: (at: string) => string): readonly Day[] {
  const days = new Map<string, Map<string, Entry[]>>();
  for (const entry of entries) {
    const day = dayOf(entry.at);
    const times = days.get(day) ?? new Map<string, Entry[]>();
    times.set(entry.at, [...(times.get(entry.at) ?? []), entry]);
    days.set(day, times);
  }
  return [...days].map(([day, times]) => ({ day, times: [...times.values()] }));
}

/** Names of the products of an order by SKU. */
export const namesOf = ({ lines }: Pick<Order, 'lines'>): ReadonlyMap<string, string> =>
  new Map(lines.map(({ sku, name }) => [sku, name]));

/** `admin:alice` as people say it, with the name of who did it where it is known. */
export function actorText({ actor, actorName }: Pick<Entry, 'actor' | 'actorName'>): string {
  const colon = actor.indexOf(':');
  const [kind, id] = colon < 0 ? [actor, ''] : [actor.slice(0, colon), actor.slice(colon + 1)];
  if (kind === 'saga') return `the ${id} process`;
  if (kind === 'customer') return actorName === undefined ? 'the customer' : `${actorName} (customer)`;
  if (kind === 'guest') return 'a guest';
  return id === '' ? kind : `${id} (${kind})`;
}
