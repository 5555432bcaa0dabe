import { randomUUID } from 'node:crypto';
import type { Checkpoint, Position } from '../shared/position.js';
import type { DocumentStore } from './document-store.js';

/** The document of a cursor; `position` null is the beginning of the log. */
type CursorDocument = {
  /** Id of the process that last moved or claimed it. */
  readonly holder: string;
  readonly logId: string;
  readonly position: Position | null;
};

const CURSOR = 'cursor';

/** The place in the log of a follower, in a document that is moved by compare-and-set: of two processes that move it, one fails. */
export class StoredCursor {
  readonly #holder = randomUUID();
  #stored: CursorDocument | null = null;

  constructor(
    private readonly store: DocumentStore,
    /** The collection, which has only cursors. */
    private readonly collection: string,
  ) {}

  /** Reads the cursor; null is the beginning of the log. */
  async load(): Promise<Checkpoint | null> {
    await this.store.ensure({ name: this.collection, indexes: [] });
    this.#stored = (await this.store.get<CursorDocument>(this.collection, CURSOR)) ?? null;
    return checkpointOf(this.#stored);
  }

  /** Claims the cursor: a process that loaded it before cannot move it any more. */
  async claim(logId: string): Promise<void> {
    const { position = null } = this.#stored ?? {};
    const claimed = { holder: this.#holder, logId: this.#stored?.logId ?? logId, position };
    await this.store.put(this.collection, [{ id: CURSOR, doc: claimed }]);
    this.#stored = claimed;
  }

  /** Tells whether no other process has claimed, moved or deleted it since. */
  async isOurs(): Promise<boolean> {
    const stored = await this.store.get<CursorDocument>(this.collection, CURSOR);
    return stored?.holder === this.#holder;
  }

  /** Moves the cursor; false where another process has moved it since it was loaded or saved here. */
  async save({ logId, position }: Checkpoint): Promise<boolean> {
    const next = { holder: this.#holder, logId, position };
    const isSaved = await this.store.compareAndSet(this.collection, { id: CURSOR, expected: this.#stored, next });
    if (isSaved) this.#stored = next;
    return isSaved;
  }
}

/** Reads the place of a cursor; null where it is at the beginning of the log, or does not exist. */
export const readCursor = async (store: Pick<DocumentStore, 'get'>, collection: string): Promise<Checkpoint | null> =>
  checkpointOf((await store.get<CursorDocument>(collection, CURSOR)) ?? null);

/** Resets a cursor to the beginning of the log, from where its follower starts again. */
export async function resetCursor(store: DocumentStore, collection: string): Promise<void> {
  await store.ensure({ name: collection, indexes: [] });
  await store.clear(collection);
}

const checkpointOf = (stored: CursorDocument | null): Checkpoint | null =>
  stored === null || stored.position === null ? null : { logId: stored.logId, position: stored.position };
