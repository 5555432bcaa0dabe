import type { JsonObject } from '../../domain/shared/index.js';
import { PUT_BACK, StoreRefusedError, type EventStore, type Position } from '../../infra/event-store/index.js';
import {
  CheckpointConflictError,
  type Checkpoint,
  type CollectionDefinition,
  type DocumentWrite,
  type ReadStore,
} from '../../infra/read-store/index.js';
import type { SagaClock } from './clock.js';
import type { EventReference } from './instance.js';
import type { SagaLogger } from './logger.js';

/** Instances that have commands or timers of their own to see to after a start. Derived from the log. */
export const SAGA_INSTANCES: CollectionDefinition = { name: 'saga-instances', version: 1, indexes: [] };

export interface InstanceReference {
  readonly saga: string;
  readonly id: string;
  /** The event that began it, where that is all that is recorded of it. */
  readonly begunBy?: EventReference;
}

export interface CursorOptions {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly clock: SagaClock;
  readonly logger: SagaLogger;
  readonly watermark: () => Position | null;
}

interface Change {
  readonly position: Position;
  /** Null when it has nothing to do by itself any more. */
  readonly doc: InstanceReference | null;
}

const FLUSH_EVERY_MS = 250;
const PAGE = 500;

/** The runner's place in the log and the index of its active instances, written together a few times a second. */
export class Cursor {
  private saved: Checkpoint | null = null;
  private changes = new Map<string, Change>();
  private readonly indexed = new Set<string>();
  private flushing: Promise<void> | null = null;
  private cancel: (() => void) | null = null;
  private closed = false;

  constructor(private readonly options: CursorOptions) {}

  /**
   * Where to go on; null is the beginning of the log.
   * @throws StoreRefusedError the place is one of another log, or the log has lost events since
   */
  async open(): Promise<Position | null> {
    const { readStore, eventStore } = this.options;
    await readStore.ensure(SAGA_INSTANCES);
    this.saved = await readStore.checkpoint(SAGA_INSTANCES);
    if (this.saved === null) return null;
    await checkPlace(this.saved, eventStore);
    return this.saved.position;
  }

  /** The instances that had something to do when the place was written. */
  async *unfinished(): AsyncIterable<InstanceReference> {
    let after: string | undefined;
    for (;;) {
      const options = after === undefined ? { limit: PAGE } : { limit: PAGE, after };
      const page = await this.options.readStore.scan<InstanceReference>(SAGA_INSTANCES, options);
      for (const { id, doc } of page) {
        this.indexed.add(id);
        yield doc;
      }
      after = page[page.length - 1]?.id;
      if (page.length < PAGE) return;
    }
  }

  start(): void {
    if (this.closed) return;
    this.cancel = this.options.clock.after(FLUSH_EVERY_MS, () => {
      void this.flush().then(() => this.start());
    });
  }

  /** `doc` null: it has nothing to do by itself any more. */
  note(stream: string, position: Position, doc: InstanceReference | null): void {
    // Most instances begin and end between two flushes: those never reach the store.
    if (doc === null && !this.indexed.has(stream)) this.changes.delete(stream);
    else this.changes.set(stream, { position, doc });
  }

  /** Never throws: what could not be written is written the next time. */
  async flush(): Promise<void> {
    while (this.flushing !== null) await this.flushing;
    this.flushing = this.write();
    await this.flushing;
    this.flushing = null;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.cancel?.();
    await this.flush();
  }

  private async write(): Promise<void> {
    const position = this.next();
    if (position === null || (position === this.saved?.position && this.changes.size === 0)) return;
    const { changes } = this;
    this.changes = new Map();
    for (const [id, { doc }] of changes) if (doc !== null) this.indexed.add(id);
    const { eventStore, readStore, logger } = this.options;
    const next = { logId: eventStore.logId, position };
    try {
      await readStore.commit(SAGA_INSTANCES, writesOf(changes), { expected: this.saved, next });
      this.saved = next;
      for (const [id, { doc }] of changes) if (doc === null) this.indexed.delete(id);
    } catch (error) {
      this.changes = new Map([...changes, ...this.changes]);
      logger.warn({ err: error }, 'saga cursor could not be written');
      if (error instanceof CheckpointConflictError) await this.catchUp();
    }
  }

  /** Never back: another runner may be further. */
  private next(): Position | null {
    const reached = this.options.watermark();
    const saved = this.saved?.position ?? null;
    if (reached === null || saved === null) return reached;
    return reached > saved ? reached : saved;
  }

  private async catchUp(): Promise<void> {
    try {
      this.saved = await this.options.readStore.checkpoint(SAGA_INSTANCES);
    } catch (error) {
      this.options.logger.warn({ err: error }, 'saga cursor could not be read');
    }
  }
}

function writesOf(changes: ReadonlyMap<string, Change>): readonly DocumentWrite[] {
  const writes: DocumentWrite[] = [];
  for (const [id, { position, doc }] of changes) {
    writes.push({ id, position, doc: doc === null ? null : documentOf(doc) });
  }
  return writes;
}

const documentOf = ({ saga, id, begunBy }: InstanceReference): JsonObject =>
  begunBy === undefined ? { saga, id } : { saga, id, begunBy: { stream: begunBy.stream, revision: begunBy.revision } };

/**
 * What `Cursor.open` would refuse, found out before anything is written.
 * @throws StoreRefusedError the place is one of another log, or the log has lost events since
 */
export async function checkCursor({
  readStore,
  eventStore,
}: Pick<CursorOptions, 'eventStore'> & { readonly readStore: Pick<ReadStore, 'collections'> }): Promise<void> {
  const states = await readStore.collections();
  const saved = states.find(({ name, live }) => live && name === SAGA_INSTANCES.name)?.checkpoint ?? null;
  if (saved !== null) await checkPlace(saved, eventStore);
}

async function checkPlace({ logId, position }: Checkpoint, eventStore: EventStore): Promise<void> {
  const head = await eventStore.head();
  if (logId !== eventStore.logId) throw refused(`belongs to log ${logId}, this one is ${eventStore.logId}`);
  if (head === null || position > head)
    throw new StoreRefusedError(
      `the sagas' cursor is at ${position}, past the end of the log at ${head ?? 'its beginning'}, which ${PUT_BACK}`,
    );
}

const refused = (what: string): StoreRefusedError =>
  new StoreRefusedError(
    `the sagas' cursor ${what}: put back the data that belongs together, or run ` +
      '`npm run -s cli -- rebuild saga-instances` to have the sagas read the log again',
  );
