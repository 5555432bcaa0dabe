import type { JsonObject } from '../../../domain/shared/index.js';
import { StoreRefusedError } from '../../shared/store-errors.js';
import type { Checkpoint, Position } from '../../shared/position.js';
import { type EventStore, PUT_BACK } from '../../event-store/index.js';
import {
  readCursor,
  resetCursor,
  StoredCursor,
  type DocumentPut,
  type DocumentStore,
} from '../../document-store/index.js';
import type { SagaClock } from './timers.js';
import type { SagaLogger } from './saga-runner.js';

/** An event with inputs that are not recorded yet. */
export interface OpenEvent {
  readonly position: Position;
  open: number;
}

const COMPACT_FROM = 1024;

/**
 * Knows up to which position every event of the log is finished: its inputs are recorded, or no saga follows it. Events are
 * taken in the log's order and finished in any.
 */
export class Watermark {
  private events: OpenEvent[] = [];
  private head = 0;
  private openInputs = 0;

  constructor(private reached: Position | null) {}

  get position(): Position | null {
    return this.reached;
  }

  /** Inputs that are not recorded yet. */
  get waiting(): number {
    return this.openInputs;
  }

  take(position: Position, inputs: number): OpenEvent {
    const event = { position, open: inputs };
    this.events.push(event);
    this.openInputs += inputs;
    return event;
  }

  /** Moves on over events that no saga follows: everything up to here has been handed over. */
  pass(position: Position): void {
    const last = this.events[this.events.length - 1];
    if (this.head === this.events.length) this.reached = position;
    else if (last?.position !== position) this.events.push({ position, open: 0 });
  }

  finish(event: OpenEvent): void {
    event.open -= 1;
    this.openInputs -= 1;
    this.advance();
  }

  private advance(): void {
    let event = this.events[this.head];
    while (event !== undefined && event.open === 0) {
      this.head += 1;
      const next = this.events[this.head];
      // An event that several sagas follow is finished with the last of them.
      if (next?.position !== event.position) this.reached = event.position;
      event = next;
    }
    if (this.head === this.events.length) this.reset([]);
    else if (this.events.length > COMPACT_FROM && this.events.length > 2 * this.openInputs) this.compact();
  }

  /** Drops finished events behind one that takes long, which would keep them all in memory. */
  private compact(): void {
    const last = this.events.length - 1;
    this.reset(this.events.filter((event, index) => index >= this.head && (event.open > 0 || index === last)));
  }

  private reset(events: OpenEvent[]): void {
    this.events = events;
    this.head = 0;
  }
}

/** The index of instances that have commands or timers to resume after a start. Derived from the log. */
export const SAGA_INSTANCES = 'saga-instances';
/** The runner's checkpoint. */
export const SAGA_CURSOR = 'saga-cursor';

/** Where an event is recorded. */
export interface EventReference {
  readonly stream: string;
  readonly revision: number;
}

/** An instance by its saga and id. */
export interface InstanceReference {
  readonly saga: string;
  readonly id: string;
  /** The event that began the instance, where nothing else is recorded of it. */
  readonly begunBy?: EventReference;
}

export interface CursorOptions {
  readonly eventStore: EventStore;
  readonly documents: DocumentStore;
  readonly clock: SagaClock;
  readonly logger: SagaLogger;
  readonly watermark: () => Position | null;
}

interface Change {
  readonly position: Position;
  /** Null when the instance has no commands or timers any more. */
  readonly doc: InstanceReference | null;
}

const FLUSH_EVERY_MS = 250;
const PAGE = 500;

/**
 * Stores the runner's checkpoint and the index of its active instances a few times a second: the index first, so that no
 * instance is missing from it that the checkpoint has passed. What another runner has written later stays.
 */
export class Cursor {
  private saved: Checkpoint | null = null;
  private readonly cursor: StoredCursor;
  private changes = new Map<string, Change>();
  private readonly indexed = new Set<string>();
  private flushing: Promise<void> | null = null;
  private cancel: (() => void) | null = null;
  private closed = false;

  constructor(private readonly options: CursorOptions) {
    this.cursor = new StoredCursor(options.documents, SAGA_CURSOR);
  }

  /**
   * Reads the stored checkpoint; null is the beginning of the log.
   * @throws StoreRefusedError the place is one of another log, or the log has lost events since
   */
  async open(): Promise<Position | null> {
    const { documents, eventStore } = this.options;
    await documents.ensure({ name: SAGA_INSTANCES, indexes: [] });
    this.saved = await this.cursor.load();
    if (this.saved === null) return null;
    await checkPlace(this.saved, eventStore);
    return this.saved.position;
  }

  /** Reads the instances that were active when the checkpoint was stored. */
  async *unfinished(): AsyncIterable<InstanceReference> {
    let after: string | undefined;
    for (;;) {
      const options = after === undefined ? { limit: PAGE } : { limit: PAGE, after };
      const page = await this.options.documents.scan<InstanceReference>(SAGA_INSTANCES, options);
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

  /** Changes the index with the next write; `doc` null takes the instance out. */
  index(stream: string, position: Position, doc: InstanceReference | null): void {
    // Most instances begin and end between two flushes: those never reach the store.
    if (doc === null && !this.indexed.has(stream)) this.changes.delete(stream);
    else this.changes.set(stream, { position, doc });
  }

  /** Writes what has changed; never throws: what could not be written is written the next time. */
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
    const { eventStore, documents, logger } = this.options;
    const next = { logId: eventStore.logId, position };
    try {
      if (changes.size > 0) await documents.put(SAGA_INSTANCES, putsOf(changes));
      for (const [id, { doc }] of changes) if (doc === null) this.indexed.delete(id);
      if (await this.cursor.save(next)) this.saved = next;
      else await this.catchUp();
    } catch (error) {
      this.changes = new Map([...changes, ...this.changes]);
      logger.warn({ err: error }, 'saga cursor could not be written');
    }
  }

  /** The next checkpoint, which never goes back: another runner may be further. */
  private next(): Position | null {
    const reached = this.options.watermark();
    const saved = this.saved?.position ?? null;
    if (reached === null || saved === null) return reached;
    return reached > saved ? reached : saved;
  }

  private async catchUp(): Promise<void> {
    this.options.logger.warn({}, 'saga cursor was moved by another runner');
    this.saved = await this.cursor.load();
  }
}

/** A change that is written late, by a runner that was slow, replaces no later one. */
const putsOf = (changes: ReadonlyMap<string, Change>): readonly DocumentPut[] =>
  [...changes].map(([id, { position, doc }]) => ({
    id,
    version: position,
    doc: doc === null ? null : documentOf(doc),
  }));

const documentOf = ({ saga, id, begunBy }: InstanceReference): JsonObject =>
  begunBy === undefined ? { saga, id } : { saga, id, begunBy: { stream: begunBy.stream, revision: begunBy.revision } };

/**
 * Checks the stored checkpoint as `Cursor.open` does, before anything is written.
 * @throws StoreRefusedError the place is one of another log, or the log has lost events since
 */
export async function checkCursor({
  documents,
  eventStore,
}: Pick<CursorOptions, 'eventStore'> & { readonly documents: Pick<DocumentStore, 'get'> }): Promise<void> {
  const saved = await readCursor(documents, SAGA_CURSOR);
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

/**
 * Forgets how far the sagas have come, so that they read the log again from its beginning: what they did before is in
 * their streams and is not done twice. Only while no runner is at work.
 */
export async function resetSagaInstances(documents: DocumentStore): Promise<void> {
  await resetCursor(documents, SAGA_CURSOR);
  await documents.ensure({ name: SAGA_INSTANCES, indexes: [] });
  await documents.clear(SAGA_INSTANCES);
}
