import { readCursor, resetCursor, StoredCursor, type DocumentStore } from '../document-store/index.js';
import { type EventStore, PUT_BACK } from '../event-store/index.js';
import type { Checkpoint, Position } from '../shared/position.js';
import { StoreRefusedError } from '../shared/store-errors.js';

const RELAY_CURSOR = 'relay-cursor';

export interface CursorStores {
  readonly eventStore: EventStore;
  /** That of what processes derive for themselves. */
  readonly documents: DocumentStore;
}

/** How far the relay has published the log: of two relays at work the one that was started first stops. */
export class RelayCursor {
  readonly #cursor: StoredCursor;
  #saved: Checkpoint | null = null;

  constructor(private readonly stores: CursorStores) {
    this.#cursor = new StoredCursor(stores.documents, RELAY_CURSOR);
  }

  /**
   * Where to go on; null is the beginning of the log.
   * @throws StoreRefusedError the place is one of another log, or the log has lost events since
   */
  async open(): Promise<Position | null> {
    const { eventStore } = this.stores;
    this.#saved = await this.#cursor.load();
    await this.#cursor.claim(eventStore.logId);
    if (this.#saved === null) return null;
    await checkPlace(this.#saved, eventStore);
    return this.#saved.position;
  }

  /** Whether no other relay was started since, and nobody has put it back to the beginning. */
  isOurs(): Promise<boolean> {
    return this.#cursor.isOurs();
  }

  /** False where another relay has it, or it is at the beginning again. */
  async save(position: Position): Promise<boolean> {
    if (position === this.#saved?.position) return true;
    const next = { logId: this.stores.eventStore.logId, position };
    if (!(await this.#cursor.save(next))) return false;
    this.#saved = next;
    return true;
  }
}

/** How far the relay has come; null where it is at the beginning. */
export const relayPosition = async (documents: DocumentStore): Promise<Position | null> =>
  (await readCursor(documents, RELAY_CURSOR))?.position ?? null;

/** Has the relay publish the whole log again; one that is at work notices within a second. */
export const restartRelay = (documents: DocumentStore): Promise<void> => resetCursor(documents, RELAY_CURSOR);

/**
 * What `RelayCursor.open` would refuse, found out before anything is written.
 * @throws StoreRefusedError the place is one of another log, or the log has lost events since
 */
export async function checkRelayCursor({
  documents,
  eventStore,
}: Pick<CursorStores, 'eventStore'> & { readonly documents: Pick<DocumentStore, 'get'> }): Promise<void> {
  const saved = await readCursor(documents, RELAY_CURSOR);
  if (saved !== null) await checkPlace(saved, eventStore);
}

/** A log that was restored, and what it is called since. */
export interface RestoredLog {
  readonly formerId: string;
  readonly logId: string;
  readonly head: Position | null;
}

/** Has the relay go on in a restored log where it was in the one before, at most at its end; answers where that is. */
export async function followRestoredLog(documents: DocumentStore, restored: RestoredLog): Promise<Position | null> {
  const { formerId, logId, head } = restored;
  const saved = await readCursor(documents, RELAY_CURSOR);
  if (saved === null) return null;
  await restartRelay(documents);
  if (saved.logId !== formerId || head === null) return null;
  const position = saved.position < head ? saved.position : head;
  const cursor = new StoredCursor(documents, RELAY_CURSOR);
  await cursor.load();
  await cursor.save({ logId, position });
  return position;
}

async function checkPlace({ logId, position }: Checkpoint, eventStore: EventStore): Promise<void> {
  const head = await eventStore.head();
  if (logId !== eventStore.logId) throw refused(`belongs to log ${logId}, this one is ${eventStore.logId}`);
  if (head === null || position > head)
    throw new StoreRefusedError(
      `the relay's cursor is at ${position}, past the end of the log at ${head ?? 'its beginning'}, which ${PUT_BACK}`,
    );
}

const refused = (what: string): StoreRefusedError =>
  new StoreRefusedError(
    `the relay's cursor ${what}: put back the data that belongs together, or run ` +
      '`npm run -s cli -- relay --from-start` to publish the log again',
  );
