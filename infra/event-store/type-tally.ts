import type { RecordedEvent, TypeCount } from './event-store.js';

/** Adds up how often types were recorded, over parts of a log that follow each other. */
export class TypeTally {
  readonly #counts = new Map<string, TypeCount>();

  /** Adds the counts of the next part. */
  add(counts: Iterable<TypeCount>): void {
    for (const { type, count, first, last } of counts) {
      const known = this.#counts.get(type);
      this.#counts.set(type, { type, count: count + (known?.count ?? 0), first: known?.first ?? first, last });
    }
  }

  /** Adds the next events. */
  addEvents(events: Iterable<Pick<RecordedEvent, 'type' | 'at'>>): void {
    for (const { type, at } of events) this.add([{ type, count: 1, first: at, last: at }]);
  }

  counts(): readonly TypeCount[] {
    return [...this.#counts.values()];
  }
}
