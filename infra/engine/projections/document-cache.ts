import { LRUCache } from 'lru-cache';
import type { JsonObject } from '../../../domain/shared/index.js';
import type { Position } from '../../shared/position.js';

/** A document while it is folded. */
export interface WorkingDocument {
  readonly id: string;
  position: Position | null;
  doc: JsonObject | null;
  /** The store has it, be it as deleted. */
  isStored: boolean;
  /** It has changed in the page that is being folded. */
  isChanged: boolean;
}

/** The documents folded last, as they are in the store: all those of the page under way, and the last of pages before. */
export class DocumentCache {
  /** Never evicted before the page ends: all events of a page must meet the same document. */
  readonly #page = new Map<string, WorkingDocument>();
  readonly #before: LRUCache<string, WorkingDocument>;

  constructor(limit: number) {
    this.#before = new LRUCache({ max: limit });
  }

  get(id: string): WorkingDocument | undefined {
    const inPage = this.#page.get(id);
    if (inPage !== undefined) return inPage;
    const before = this.#before.get(id);
    if (before !== undefined) this.#page.set(id, before);
    return before;
  }

  add(document: WorkingDocument): void {
    this.#page.set(document.id, document);
  }

  delete(id: string): void {
    this.#page.delete(id);
    this.#before.delete(id);
  }

  /** The page is over: what it used may be evicted from now on. */
  endPage(): void {
    for (const [id, document] of this.#page) this.#before.set(id, document);
    this.#page.clear();
  }

  clear(): void {
    this.#page.clear();
    this.#before.clear();
  }
}
