import { LRUCache } from 'lru-cache';

/** What was used last by id: all that the page under way uses, and the last of the pages before. */
export class PageCache<Entry extends { readonly id: string }> {
  /** Never evicted before the page ends: all of a page must meet the same entry. */
  readonly #page = new Map<string, Entry>();
  readonly #before: LRUCache<string, Entry>;

  constructor(limit: number) {
    this.#before = new LRUCache({ max: limit });
  }

  get(id: string): Entry | undefined {
    const inPage = this.#page.get(id);
    if (inPage !== undefined) return inPage;
    const before = this.#before.get(id);
    if (before !== undefined) this.#page.set(id, before);
    return before;
  }

  add(entry: Entry): void {
    this.#page.set(entry.id, entry);
  }

  delete(id: string): void {
    this.#page.delete(id);
    this.#before.delete(id);
  }

  /** The page is over: what it used may be evicted from now on. */
  endPage(): void {
    for (const [id, entry] of this.#page) this.#before.set(id, entry);
    this.#page.clear();
  }

  clear(): void {
    this.#page.clear();
    this.#before.clear();
  }
}
