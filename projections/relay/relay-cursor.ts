import { randomUUID } from 'node:crypto';
import {
  positionOfNumber,
  PUT_BACK,
  StoreRefusedError,
  type EventStore,
  type Position,
} from '../../infra/event-store/index.js';
import type { Checkpoint, CollectionDefinition, ReadStore } from '../../infra/read-store/index.js';

const HOLDER = 'holder';
const NO_POSITION = positionOfNumber(0);
const RELAY_CURSOR: CollectionDefinition = { name: 'relay-cursor', version: 1, indexes: [] };

export interface CursorStores {
  readonly eventStore: EventStore;
  /** That of what processes derive for themselves; no read model is in it. */
  readonly readStore: ReadStore;
}

/** How far the relay has published the log, moved by compare-and-set: of two relays at work one stops. */
export class RelayCursor {
  readonly #holder = randomUUID();
  #saved: Checkpoint | null = null;

  constructor(private readonly stores: CursorStores) {}

  /**
   * Where to go on; null is the beginning of the log.
   * @throws StoreRefusedError the place is one of another log, or the log has lost events since
   */
  async open(): Promise<Position | null> {
    const { readStore, eventStore } = this.stores;
    await readStore.ensure(RELAY_CURSOR);
    this.#saved = await readStore.checkpoint(RELAY_CURSOR);
    const writes = [{ id: HOLDER, position: NO_POSITION, doc: { holder: this.#holder } }];
    await readStore.commitAll([{ collection: RELAY_CURSOR, writes, guard: 'none' }]);
    if (this.#saved === null) return null;
    await checkPlace(this.#saved, eventStore);
    return this.#saved.position;
  }

  /** Whether no other relay was started since, and nobody has put it back to the beginning. */
  async isOurs(): Promise<boolean> {
    const stored = await this.stores.readStore.get<{ readonly holder: string }>(RELAY_CURSOR, HOLDER);
    return stored?.doc.holder === this.#holder;
  }

  /** @throws CheckpointConflictError somebody else has moved it */
  async save(position: Position): Promise<void> {
    if (position === this.#saved?.position) return;
    const next = { logId: this.stores.eventStore.logId, position };
    await this.stores.readStore.commit(RELAY_CURSOR, [], { expected: this.#saved, next });
    this.#saved = next;
  }
}

/** How far the relay has come; null where it is at the beginning. */
export async function relayPosition(readStore: ReadStore): Promise<Position | null> {
  await readStore.ensure(RELAY_CURSOR);
  return (await readStore.checkpoint(RELAY_CURSOR))?.position ?? null;
}

/** Has the relay publish the whole log again; one that is at work notices within a second. */
export async function restartRelay(readStore: ReadStore): Promise<void> {
  const aside = { ...RELAY_CURSOR, build: 1 };
  await readStore.ensure(RELAY_CURSOR);
  await readStore.ensure(aside);
  // A promotion drops all others of the name: afterwards the cursor is made anew, at the beginning.
  await readStore.promote(aside);
  await readStore.ensure(RELAY_CURSOR);
  await readStore.promote(RELAY_CURSOR);
}

/**
 * What `RelayCursor.open` would refuse, found out before anything is written.
 * @throws StoreRefusedError the place is one of another log, or the log has lost events since
 */
export async function checkRelayCursor({
  readStore,
  eventStore,
}: Pick<CursorStores, 'eventStore'> & { readonly readStore: Pick<ReadStore, 'collections'> }): Promise<void> {
  const states = await readStore.collections();
  const saved = states.find(({ name, live }) => live && name === RELAY_CURSOR.name)?.checkpoint ?? null;
  if (saved !== null) await checkPlace(saved, eventStore);
}

/** A log that was restored, and what it is called since. */
export interface RestoredLog {
  readonly formerId: string;
  readonly logId: string;
  readonly head: Position | null;
}

/** Has the relay go on in a restored log where it was in the one before, at most at its end; answers where that is. */
export async function followRestoredLog(readStore: ReadStore, restored: RestoredLog): Promise<Position | null> {
  const { formerId, logId, head } = restored;
  await readStore.ensure(RELAY_CURSOR);
  const saved = await readStore.checkpoint(RELAY_CURSOR);
  if (saved === null) return null;
  await restartRelay(readStore);
  if (saved.logId !== formerId || head === null) return null;
  const position = saved.position < head ? saved.position : head;
  await readStore.commit(RELAY_CURSOR, [], { expected: null, next: { logId, position } });
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
