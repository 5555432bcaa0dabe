import { randomUUID } from 'node:crypto';
import type { Checkpoint, Position } from '../shared/position.js';
import type { DocumentStore } from './document-store.js';

/** A cursor as it is stored; `position` null is the beginning of the log. */
type CursorDocument = {
  /** Who has moved or claimed it last. */
  readonly holder: string;
  readonly logId: string;
  readonly position: Position | null;
};

const CURSOR = 'cursor';

/** How far somebody has followed the log, in a document that is moved by compare-and-set: of two who move it one fails. */
export class StoredCursor {
  readonly #holder = randomUUID();
  #stored: CursorDocument | null = null;

  constructor(
    private readonly store: DocumentStore,
    /** Holds the cursor alone. */
    private readonly collection: string,
  ) {}

  /** Where it stands now; null is the beginning of the log. */
  async load(): Promise<Checkpoint | null> {
    await this.store.ensure({ name: this.collection, indexes: [] });
    this.#stored = (await this.store.get<CursorDocument>(this.collection, CURSOR)) ?? null;
    return checkpointOf(this.#stored);
  }

  /** Takes it from whoever had it: what they loaded, they cannot move any more. */
  async claim(logId: string): Promise<void> {
    const { position = null } = this.#stored ?? {};
    const claimed = { holder: this.#holder, logId: this.#stored?.logId ?? logId, position };
    await this.store.put(this.collection, [{ id: CURSOR, doc: claimed }]);
    this.#stored = claimed;
  }

  /** Whether nobody has claimed, moved or deleted it since. */
  async isOurs(): Promise<boolean> {
    const stored = await this.store.get<CursorDocument>(this.collection, CURSOR);
    return stored?.holder === this.#holder;
  }

  /** False where somebody else has moved it since it was loaded or saved here. */
  async save({ logId, position }: Checkpoint): Promise<boolean> {
    const next = { holder: this.#holder, logId, position };
    const isSaved = await this.store.compareAndSet(this.collection, { id: CURSOR, expected: this.#stored, next });
    if (isSaved) this.#stored = next;
    return isSaved;
  }
}

/** Where a cursor stands; null where it is at the beginning of the log, or nobody ever made it. */
export const readCursor = async (store: Pick<DocumentStore, 'get'>, collection: string): Promise<Checkpoint | null> =>
  checkpointOf((await store.get<CursorDocument>(collection, CURSOR)) ?? null);

/** Puts a cursor back to the beginning of the log, from where whoever follows it starts again. */
export async function resetCursor(store: DocumentStore, collection: string): Promise<void> {
  await store.ensure({ name: collection, indexes: [] });
  await store.clear(collection);
}

const checkpointOf = (stored: CursorDocument | null): Checkpoint | null =>
  stored === null || stored.position === null ? null : { logId: stored.logId, position: stored.position };
