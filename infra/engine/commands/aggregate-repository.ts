import { LRUCache } from 'lru-cache';
import type { DomainEvent, JsonObject } from '../../../domain/shared/index.js';
import {
  UnknownOutcomeError,
  withIds,
  type Appended,
  type EventMetadata,
  type EventStore,
  type EventToAppend,
  type RecordedEvent,
  type StreamBatch,
} from '../../event-store/index.js';
import { BackOff } from '../../shared/back-off.js';
import { growingTo } from '../../shared/growing-cache.js';
import type { Position } from '../../shared/position.js';
import type { CommandContext } from './command-executor.js';
import type { ErasedAggregate } from './erased.js';
import type { SnapshotStore } from './snapshot-store.js';

/** An aggregate's state as this process last saw it; `state` belongs to the executor, which changes it in place. */
export interface FoldedAggregate {
  state: unknown;
  /** -1 when there is no such stream. */
  revision: number;
  position: Position | null;
  /** Commands found in the stream: the last ones, at most `REMEMBERED_COMMANDS`. */
  readonly commands: Set<string>;
  /** Whether `commands` holds every command of the stream, so that a missing one is known to be new. */
  commandsComplete: boolean;
  /** Revision of the newest snapshot, -1 without one. */
  snapshotRevision: number;
}

/** An event that is about to be recorded. `at` is when it was decided: what is recorded of it may be a moment later. */
export type ExpectedEvent = Omit<RecordedEvent, 'position'>;

/** A batch of events for one stream that is appended in one go with those of other streams. */
export class PendingAppend {
  /** Null until the batch is on disk. */
  appended: Appended | null = null;

  constructor(readonly batch: StreamBatch) {}
}

export interface RepositoryOptions {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
}

/** Folded aggregates in memory. */
const KEPT_AGGREGATES = 10_000;
const REMEMBERED_COMMANDS = 512;
const SNAPSHOT_EVERY = 500;
/** Milliseconds after which nothing is sent again: a store may have tried for that long by itself. */
const PATIENCE_MS = 10_000;
const RESENDING = { firstMs: 5, longestMs: 1_000, factor: 4, mostFailures: 5 };

/** Loads aggregates from their streams, keeps the states of those that were used last, and appends to streams. */
export class AggregateRepository {
  private readonly cache: LRUCache<string, FoldedAggregate>;
  /** The newest revisions that were noticed, by stream: a state that was being read meanwhile may be older. */
  private readonly noticed: LRUCache<string, number>;

  constructor(private readonly options: RepositoryOptions) {
    this.cache = new LRUCache(growingTo(KEPT_AGGREGATES));
    this.noticed = new LRUCache(growingTo(KEPT_AGGREGATES));
  }

  /**
   * Gets an aggregate as this process last saw it, which may be with events that are being appended.
   * @param assumedNew the stream is very likely not there, so that it need not be read
   */
  async get(aggregate: ErasedAggregate, stream: string, assumedNew = false): Promise<FoldedAggregate> {
    const known = this.cache.get(stream);
    if (known !== undefined) return known;
    const folded = assumedNew ? noAggregate(aggregate) : await this.load(aggregate, stream);
    // Somebody may have loaded it meanwhile and gone on with theirs.
    const newer = this.cache.get(stream);
    if (newer !== undefined) return newer;
    if (folded.revision >= (this.noticed.get(stream) ?? -1)) this.cache.set(stream, folded);
    return folded;
  }

  /** Folds what is recorded in a stream up to a revision, from its snapshot or its beginning. */
  async load(aggregate: ErasedAggregate, stream: string, upTo = Infinity): Promise<FoldedAggregate> {
    const folded = (await this.fromSnapshot(aggregate, stream, upTo)) ?? noAggregate(aggregate);
    if (folded.revision >= upTo) return folded;
    const limit = upTo === Infinity ? {} : { limit: upTo - folded.revision };
    const events = this.options.store.read(stream, { from: folded.revision + 1, ...limit });
    for await (const event of events) fold(aggregate, folded, event);
    return folded;
  }

  /** Drops a state that has events which the log has not. */
  drop(stream: string): void {
    this.cache.delete(stream);
  }

  /** Drops a state that is older than what somebody appended; what this process appends is in its state already. */
  dropBefore(stream: string, revision: number): void {
    this.noticed.set(stream, revision);
    const known = this.cache.peek(stream);
    if (known !== undefined && revision > known.revision) this.cache.delete(stream);
  }

  /**
   * Appends the batches in one go, and after a lost answer sends them again, unchanged, until the answer is definite.
   * @throws UnknownOutcomeError when no answer was definite in time
   */
  async append(appends: readonly PendingAppend[]): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    for (const backOff = new BackOff(RESENDING); ;) {
      try {
        return await this.appendOnce(appends);
      } catch (error) {
        if (!(error instanceof UnknownOutcomeError) || performance.now() >= until) throw error;
        if (!(await backOff.next())) throw error;
      }
    }
  }

  /** Saves a snapshot of a recorded state, where the last one is old. */
  keepSnapshot({ snapshot }: ErasedAggregate, stream: string, folded: FoldedAggregate): void {
    const { revision, position } = folded;
    if (snapshot === undefined || position === null || revision - folded.snapshotRevision < SNAPSHOT_EVERY) return;
    folded.snapshotRevision = revision;
    const { version } = snapshot;
    const state = snapshot.write(folded.state);
    // A snapshot is derived data: without it the next load folds more events.
    this.options.snapshots.save(stream, { version, revision, position, state }).catch(() => undefined);
  }

  /** Loads the snapshot that folding may begin with; null without one of this shape, and where it is newer than what is wanted. */
  private async fromSnapshot(
    { snapshot }: ErasedAggregate,
    stream: string,
    upTo: number,
  ): Promise<FoldedAggregate | null> {
    const found = snapshot && (await this.options.snapshots.load(stream));
    if (found === undefined || found.version !== snapshot?.version || found.revision > upTo) return null;
    const { revision, position } = found;
    const state = snapshot.read(found.state);
    return { state, revision, position, commands: new Set(), commandsComplete: false, snapshotRevision: revision };
  }

  private async appendOnce(appends: readonly PendingAppend[]): Promise<void> {
    const { store } = this.options;
    const [first, ...others] = appends;
    if (first === undefined) return;
    if (others.length === 0) {
      const { stream, events, expectedRevision } = first.batch;
      first.appended = await store.append(stream, events, expectedRevision);
      return;
    }
    const appended = await store.appendAll(appends.map(({ batch }) => batch));
    for (const [index, one] of appends.entries()) one.appended = appended[index] ?? null;
  }
}

/** Makes the aggregate of a stream that is not there. */
const noAggregate = ({ decider }: ErasedAggregate): FoldedAggregate => ({
  state: decider.initialState(),
  revision: -1,
  position: null,
  commands: new Set(),
  commandsComplete: true,
  snapshotRevision: -1,
});

function fold(aggregate: ErasedAggregate, folded: FoldedAggregate, event: RecordedEvent): void {
  folded.state = aggregate.decider.evolve(folded.state, event);
  folded.revision = event.revision;
  folded.position = event.position;
  rememberCommand(folded, event.metadata.commandId);
}

/** Notes that the state has the events of a command, and forgets the oldest where it knows too many. */
export function rememberCommand(folded: FoldedAggregate, commandId: string): void {
  folded.commands.add(commandId);
  if (folded.commands.size <= REMEMBERED_COMMANDS) return;
  const oldest = folded.commands.values().next();
  if (!oldest.done) folded.commands.delete(oldest.value);
  folded.commandsComplete = false;
}

/** Gives the events that a command decided its metadata. */
export function eventsToAppend(context: CommandContext, events: readonly DomainEvent[]): EventToAppend[] {
  const metadata = metadataOf(context);
  return events.map(({ type, data }) => ({ type, data: data as JsonObject, metadata }));
}

function metadataOf(context: CommandContext): EventMetadata {
  const { commandId, correlationId, causationId, actor, traceparent, requestHash } = context;
  const metadata: EventMetadata = { commandId, correlationId, causationId, actor };
  if (traceparent === undefined && requestHash === undefined) return metadata;
  return {
    ...metadata,
    ...(traceparent !== undefined && { traceparent }),
    ...(requestHash !== undefined && { requestHash }),
  };
}

/** Makes a batch for a stream that was read up to that revision; -1 for no stream. */
export const batchAfter = (stream: string, revision: number, events: readonly EventToAppend[]): StreamBatch => ({
  stream,
  events,
  expectedRevision: revision < 0 ? 'no-stream' : revision,
});

/** Makes the events as they will be recorded in their stream, from that revision on. */
export function expectedEvents(stream: string, from: number, events: readonly EventToAppend[]): ExpectedEvent[] {
  const at = new Date().toISOString();
  return withIds(events).map(({ id, type, data, metadata }, index) => ({
    id,
    stream,
    revision: from + index,
    at,
    type,
    data,
    metadata,
  }));
}
