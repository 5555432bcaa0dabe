import { LRUCache } from 'lru-cache';
import { streamOf } from '../../../domain/shared/index.js';
import type { Aggregate, DomainEvent } from '../../../domain/shared/index.js';
import type { Position } from '../../shared/position.js';
import type { EventStore, RecordedEvent } from '../../event-store/index.js';
import type { CommandExecutor, Execution, Outcome } from './command-executor.js';
import { appendUntilDefinite, type ExpectedEvent } from './append.js';
import { CommandBatch } from './command-batch.js';
import { PendingCommand } from './decided-commands.js';
import type { ErasedAggregate } from './erased.js';
import { keepSnapshot, loadAggregate, noAggregate, type FoldedAggregate } from './folded-aggregate.js';
import type { SnapshotStore } from './snapshot-store.js';
import { UnitOfWork, type FollowUps, type UnitPorts, type UnitsOfWork } from './unit-of-work.js';

export interface ExecutorOptions {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  /** How many folded aggregates are kept; default 10,000. */
  readonly cacheSize?: number;
}

/** Commands of one stream that wait for the batch before them; the stream is locked while there is a queue. */
type CommandQueue = PendingCommand[];

/** At most this many commands are decided and appended together: keeps an append well under the store's page. */
const BATCH_SIZE = 256;

/**
 * Queues the commands of one stream behind each other, decides those that wait as one batch and appends once, so that a hot
 * product does not become a storm of conflicts. Different streams never wait for each other.
 */
export class QueueingExecutor implements CommandExecutor, UnitsOfWork {
  followUps: FollowUps | null = null;
  private readonly queues = new Map<string, CommandQueue>();
  /** The aggregates that were used last, by stream. */
  private readonly cache: LRUCache<string, FoldedAggregate>;
  /** The newest revisions that were noticed, by stream: a state that was being read meanwhile may be older. */
  private readonly noticed: LRUCache<string, number>;
  private readonly unitPorts: UnitPorts = {
    lock: (stream) => {
      if (this.queues.has(stream)) return false;
      this.queues.set(stream, []);
      return true;
    },
    unlock: (stream) => {
      const queue = this.queues.get(stream);
      if (queue !== undefined) void this.run(stream, queue);
    },
    load: (aggregate, stream, assumedNew) => this.cached(aggregate, stream, assumedNew),
    committed: (written, folded) => keepSnapshot(written, folded, this.options.snapshots),
    invalidate: (stream) => this.cache.delete(stream),
    append: (appends) => appendUntilDefinite(this.options.store, appends),
  };

  constructor(private readonly options: ExecutorOptions) {
    const { cacheSize: max = 10_000 } = options;
    this.cache = new LRUCache({ max });
    this.noticed = new LRUCache({ max });
  }

  execute<State, Command, Event extends DomainEvent, Answer>(
    execution: Execution<State, Command, Event, Answer>,
  ): Promise<Outcome<Answer>> {
    const { unit } = execution.context;
    if (unit?.isRecorded === false) return unit.execute(execution);
    const stream = streamOf(execution.aggregate.category, execution.id);
    return new Promise((resolve, reject) => {
      const caller = { resolve: (outcome: Outcome<unknown>) => resolve(outcome as Outcome<Answer>), reject };
      const pending = new PendingCommand(execution, caller);
      const queue = this.queues.get(stream);
      if (queue !== undefined) queue.push(pending);
      else void this.run(stream, [pending]);
    });
  }

  async query<State, Command, Event extends DomainEvent, Answer>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    read: (state: State, revision: number, position: Position | null) => Answer,
  ): Promise<Answer> {
    const stream = streamOf(aggregate.category, id);
    // While a batch of this stream is under way its cached state has events that the log has not: read what is recorded.
    const isBusy = this.queues.has(stream);
    const { state, revision, position } = await (isBusy
      ? this.load(aggregate, stream)
      : this.cached(aggregate, stream));
    return read(state as State, revision, position);
  }

  async stateAt<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    revision: number,
  ): Promise<State> {
    const { store, snapshots } = this.options;
    const stream = streamOf(aggregate.category, id);
    const { state } = await loadAggregate(aggregate, stream, { store, snapshots, upTo: revision });
    return state as State;
  }

  beginUnit(): UnitOfWork | null {
    return this.options.store.joint ? new UnitOfWork(this.unitPorts) : null;
  }

  /** To be told of every event that anybody appends, so that states folded before it are not used again. */
  notice(event: RecordedEvent): void {
    this.forgetBefore(event.stream, event.revision);
  }

  /** Drops a state that is older than what somebody appended; what this process appends is in its state already. */
  private forgetBefore(stream: string, revision: number): void {
    this.noticed.set(stream, revision);
    const known = this.cache.peek(stream);
    if (known !== undefined && revision > known.revision) this.cache.delete(stream);
  }

  private async run(stream: string, queue: CommandQueue): Promise<void> {
    this.queues.set(stream, queue);
    while (queue.length > 0) {
      const { store, snapshots } = this.options;
      const batch = new CommandBatch(stream, queue.splice(0, BATCH_SIZE), {
        store,
        snapshots,
        load: (aggregate, assumedNew) => this.cached(aggregate, stream, assumedNew),
        invalidate: () => this.cache.delete(stream),
        forgetBefore: (other, revision) => this.forgetBefore(other, revision),
        follows: (type) => this.followUps?.follows(type) ?? false,
        followUp: (events) => this.followUp(events),
      });
      await batch.run();
    }
    this.queues.delete(stream);
  }

  /** Decides what follows from the events within a unit that begins with them; null where they are to be recorded alone. */
  private async followUp(events: readonly ExpectedEvent[]): Promise<UnitOfWork | null> {
    const { followUps } = this;
    const [event] = events;
    if (followUps === null || event === undefined) return null;
    const unit = new UnitOfWork(this.unitPorts, events);
    let reason: unknown = null;
    try {
      if (await followUps.decide(event, unit)) return unit;
    } catch (error) {
      // It is decided again once the event is recorded, and an error that comes again is reported there.
      reason = error;
    }
    unit.abandon(reason);
    return null;
  }

  private async cached(aggregate: ErasedAggregate, stream: string, assumedNew = false): Promise<FoldedAggregate> {
    const known = this.cache.get(stream);
    if (known !== undefined) return known;
    const folded = assumedNew ? noAggregate(aggregate) : await this.load(aggregate, stream);
    // Somebody may have loaded it meanwhile and gone on with theirs.
    const newer = this.cache.get(stream);
    if (newer !== undefined) return newer;
    if (folded.revision >= (this.noticed.get(stream) ?? -1)) this.cache.set(stream, folded);
    return folded;
  }

  private load(aggregate: ErasedAggregate, stream: string): Promise<FoldedAggregate> {
    return loadAggregate(aggregate, stream, this.options);
  }
}
