import { streamOf } from '../../../domain/shared/index.js';
import type { Aggregate, DomainEvent } from '../../../domain/shared/index.js';
import type { EventStore, Position, RecordedEvent } from '../../../infra/event-store/index.js';
import type { CommandExecutor, Execution, Outcome } from '../command-executor.js';
import { AggregateCache, type CachedAggregate } from './aggregate-cache.js';
import { CommandBatch } from './command-batch.js';
import type { ErasedAggregate, PendingCommand } from './erased.js';
import { loadAggregate, noAggregate } from './load-aggregate.js';
import type { SnapshotStore } from './snapshot-store.js';

export interface ExecutorOptions {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  /** How many folded aggregates are kept; default 20,000. */
  readonly cacheSize?: number;
}

/** Commands of one stream that wait for the batch before them. */
interface Lane {
  readonly waiting: PendingCommand[];
}

/** At most this many commands are decided and appended together: keeps an append well under the store's page. */
const BATCH_SIZE = 256;

/**
 * Commands for one stream queue behind each other and are decided as one batch and appended in one go, so that a hot
 * product does not become a storm of conflicts. Different streams never wait for each other.
 */
export class QueueingExecutor implements CommandExecutor {
  private readonly lanes = new Map<string, Lane>();
  private readonly cache: AggregateCache;

  constructor(private readonly options: ExecutorOptions) {
    this.cache = new AggregateCache(options.cacheSize ?? 20_000);
  }

  execute<State, Command, Event extends DomainEvent, Answer>(
    execution: Execution<State, Command, Event, Answer>,
  ): Promise<Outcome<Answer>> {
    const stream = streamOf(execution.aggregate.category, execution.id);
    return new Promise((resolve, reject) => {
      const pending: PendingCommand = {
        execution,
        resolve: (outcome) => resolve(outcome as Outcome<Answer>),
        reject,
        mayBeRepeated: execution.context.repeatable,
        since: performance.now(),
      };
      const lane = this.lanes.get(stream);
      if (lane !== undefined) lane.waiting.push(pending);
      else void this.run(stream, { waiting: [pending] });
    });
  }

  async query<State, Command, Event extends DomainEvent, Answer>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    read: (state: State, revision: number, position: Position | null) => Answer,
  ): Promise<Answer> {
    const stream = streamOf(aggregate.category, id);
    // While a batch of this stream is under way its cached state is ahead of the log: read what is recorded.
    const entry = this.lanes.has(stream) ? await this.load(aggregate, stream) : await this.cached(aggregate, stream);
    return read(entry.state as State, entry.revision, entry.position);
  }

  /** To be told of every event that anybody appends, so that states folded before it are not used again. */
  notice(event: RecordedEvent): void {
    this.cache.notice(event.stream, event.revision);
  }

  private async run(stream: string, lane: Lane): Promise<void> {
    this.lanes.set(stream, lane);
    while (lane.waiting.length > 0) {
      const { store, snapshots } = this.options;
      const batch = new CommandBatch(stream, lane.waiting.splice(0, BATCH_SIZE), {
        store,
        snapshots,
        load: (aggregate, fresh) => this.cached(aggregate, stream, fresh),
        forget: () => this.cache.delete(stream),
      });
      await batch.run();
    }
    this.lanes.delete(stream);
  }

  private async cached(aggregate: ErasedAggregate, stream: string, fresh = false): Promise<CachedAggregate> {
    const known = this.cache.get(stream);
    if (known !== undefined) return known;
    const entry = fresh ? noAggregate(aggregate) : await this.load(aggregate, stream);
    // Somebody may have loaded it meanwhile and gone on with theirs.
    const newer = this.cache.get(stream);
    if (newer !== undefined) return newer;
    this.cache.set(stream, entry);
    return entry;
  }

  private load(aggregate: ErasedAggregate, stream: string): Promise<CachedAggregate> {
    return loadAggregate(aggregate, stream, this.options);
  }
}
