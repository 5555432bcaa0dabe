import type { JsonObject } from '../../domain/shared/index.js';
import type { Position } from '../../infra/event-store/index.js';

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

/**
 * The documents folded last, as they are in the store. Two generations instead of an order of use: what was not asked for
 * while `limit` others were is let go.
 */
export class DocumentCache {
  #young = new Map<string, WorkingDocument>();
  #old = new Map<string, WorkingDocument>();

  constructor(private readonly limit: number) {}

  get(id: string): WorkingDocument | undefined {
    const young = this.#young.get(id);
    if (young !== undefined) return young;
    const old = this.#old.get(id);
    if (old !== undefined) this.#young.set(id, old);
    return old;
  }

  add(document: WorkingDocument): void {
    this.#young.set(document.id, document);
  }

  delete(id: string): void {
    this.#young.delete(id);
    this.#old.delete(id);
  }

  /** Between two pages only: within a page every event must meet the same document. */
  trim(): void {
    if (this.#young.size < this.limit) return;
    this.#old = this.#young;
    this.#young = new Map();
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }
}
