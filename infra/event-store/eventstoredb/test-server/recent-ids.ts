import { LRUCache } from 'lru-cache';

/** What the writer remembers of recently written ids: by id alone, over all streams, the newest writing winning. */
export class RecentIds {
  readonly #byId: LRUCache<string, { readonly stream: string; readonly revision: number }>;

  constructor(limit: number) {
    this.#byId = new LRUCache({ max: limit });
  }

  remember(id: string, place: { readonly stream: string; readonly revision: number }): void {
    this.#byId.set(id, place);
  }

  revisionIn(stream: string, id: string): number | undefined {
    // Only what is written again stays for longer.
    const place = this.#byId.peek(id);
    return place?.stream === stream ? place.revision : undefined;
  }

  forget(): void {
    this.#byId.clear();
  }
}
