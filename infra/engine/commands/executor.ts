import { streamOf } from '../../../domain/shared/index.js';
import type { Aggregate, DomainEvent } from '../../../domain/shared/index.js';
import {
  AppendTooLargeError,
  EventIdConflictError,
  type EventStore,
  type RecordedEvent,
  UnknownOutcomeError,
  WrongExpectedRevisionError,
} from '../../event-store/index.js';
import type { Position } from '../../shared/position.js';
import { BackOff } from '../../shared/back-off.js';
import { StoreUnavailableError } from '../../shared/store-errors.js';
import {
  AggregateRepository,
  batchAfter,
  expectedEvents,
  PendingAppend,
  type ExpectedEvent,
  type FoldedAggregate,
  type RepositoryOptions,
} from './aggregate-repository.js';
import type { CommandExecutor, Execution, Outcome } from './command-executor.js';
import { DecidedCommands, PendingCommand } from './decided-commands.js';
import { UnitOfWork, type FollowUps, type UnitPorts, type UnitsOfWork } from './unit-of-work.js';

/** At most this many commands are decided and appended together: keeps an append well under the store's page. */
const BATCH_SIZE = 256;

/**
 * Queues the commands of one stream behind each other, decides those that wait as one batch and appends once, so that a hot
 * product does not become a storm of conflicts. Different streams never wait for each other.
 */
export class QueueingExecutor implements CommandExecutor, UnitsOfWork {
  followUps: FollowUps | null = null;
  /** Commands that wait for the batch before them, by stream; a stream is locked while it has a queue. */
  private readonly queues = new Map<string, PendingCommand[]>();
  private readonly store: EventStore;
  private readonly aggregates: AggregateRepository;
  private readonly unitPorts: UnitPorts;

  constructor(options: RepositoryOptions) {
    const { store } = options;
    this.store = store;
    this.aggregates = new AggregateRepository(options);
    this.unitPorts = {
      aggregates: this.aggregates,
      lock: (stream) => this.lock(stream),
      unlock: (stream) => void this.run(stream),
    };
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
      if (queue !== undefined) return void queue.push(pending);
      this.queues.set(stream, [pending]);
      void this.run(stream);
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
    const { aggregates } = this;
    const folded = await (isBusy ? aggregates.load(aggregate, stream) : aggregates.get(aggregate, stream));
    const { state, revision, position } = folded;
    return read(state as State, revision, position);
  }

  async stateAt<State, Command, Event extends DomainEvent>(
    aggregate: Aggregate<State, Command, Event>,
    id: string,
    revision: number,
  ): Promise<State> {
    const stream = streamOf(aggregate.category, id);
    return (await this.aggregates.load(aggregate, stream, revision)).state as State;
  }

  beginUnit(): UnitOfWork | null {
    return this.store.joint ? new UnitOfWork(this.unitPorts) : null;
  }

  /** To be told of every event that anybody appends, so that states folded before it are not used again. */
  notice(event: RecordedEvent): void {
    this.aggregates.dropBefore(event.stream, event.revision);
  }

  private lock(stream: string): boolean {
    if (this.queues.has(stream)) return false;
    this.queues.set(stream, []);
    return true;
  }

  /** Handles what is queued for a stream, and unlocks it. */
  private async run(stream: string): Promise<void> {
    const { store, aggregates } = this;
    const beginUnit = (events: readonly ExpectedEvent[]): UnitOfWork => new UnitOfWork(this.unitPorts, events);
    const queue = this.queues.get(stream) ?? [];
    while (queue.length > 0) {
      const batch = queue.splice(0, BATCH_SIZE);
      const { followUps } = this;
      await new CommandBatch(stream, batch, { store, aggregates, followUps, beginUnit }).run();
    }
    this.queues.delete(stream);
  }
}

/** What a batch needs of the executor that it belongs to. */
interface BatchPorts {
  readonly store: EventStore;
  readonly aggregates: AggregateRepository;
  readonly followUps: FollowUps | null;
  readonly beginUnit: (events: readonly ExpectedEvent[]) => UnitOfWork;
}

/** Handles commands of one stream together: decides them one after the other on the same state, and appends once. */
class CommandBatch {
  private attempts = 0;
  private withFollowUps: boolean;

  constructor(
    private readonly stream: string,
    private readonly commands: readonly PendingCommand[],
    private readonly ports: BatchPorts,
  ) {
    this.withFollowUps = ports.store.joint;
  }

  /** Answers every command of the batch, after as many attempts as conflicts with other writers take; never throws. */
  async run(): Promise<void> {
    const backOff = conflictBackOff();
    for (let pending = this.pending(); pending.length > 0; pending = this.pending()) {
      try {
        await this.attempt(pending);
      } catch (error) {
        this.ports.aggregates.drop(this.stream);
        if (this.pending().length > 1 && this.mayBeOfOne(error)) return this.runOneByOne();
        if (!this.isConflict(error)) return this.failAll(error);
        this.markAsPossibleDuplicates();
        if (!(await backOff.next())) return this.failAll(gaveUp(this.stream, error));
      }
    }
  }

  private pending(): readonly PendingCommand[] {
    return this.commands.filter(({ isAnswered }) => !isAnswered);
  }

  private async attempt(commands: readonly PendingCommand[]): Promise<void> {
    const [first] = commands;
    if (first === undefined) return;
    // 1. Load the state: from the cache, or folded from the stream.
    const { aggregate, creates = false } = first.execution;
    const isAssumedNew = creates && this.attempts++ === 0;
    const { aggregates } = this.ports;
    const folded = await aggregates.get(aggregate, this.stream, isAssumedNew);
    // 2. Decide each command on the state that the one before it left, and fold its events into that state.
    const decided = new DecidedCommands(this.stream, folded, this.ports);
    for (const command of commands) await decided.decide(command);
    if (decided.size === 0) return;
    // 3. Append all that was decided in one go.
    const { events } = decided;
    const appended = events.length === 0 ? await this.checkIsNewest(folded) : await this.append(decided);
    if (appended === null) return;
    // 4. Answer each command.
    decided.answer(appended);
    if (events.length > 0) aggregates.keepSnapshot(aggregate, this.stream, folded);
  }

  /** Makes sure that commands without events were decided on the newest state, which no append has told. */
  private async checkIsNewest({ revision }: FoldedAggregate): Promise<readonly RecordedEvent[]> {
    for await (const newer of this.ports.store.read(this.stream, { from: revision + 1, limit: 1 })) {
      throw new WrongExpectedRevisionError(this.stream, revision, newer.revision);
    }
    return [];
  }

  /** Appends what was decided with all that joins it; null where it has to be decided again. */
  private async append(decided: DecidedCommands): Promise<readonly RecordedEvent[] | null> {
    const { store, aggregates } = this.ports;
    const own = new PendingAppend(batchAfter(this.stream, decided.base, decided.events));
    const joined = store.joint ? decided.joinedAppends() : [];
    const unit = this.withFollowUps ? await this.followUp(decided) : null;
    try {
      if (unit === null) await aggregates.append([own, ...joined]);
      else await unit.commit([own, ...joined]);
    } catch (error) {
      if (unit === null || error instanceof UnknownOutcomeError) throw error;
      // The events are recorded without what follows from them, which is decided once they are in the log.
      this.withFollowUps = false;
      return this.decideAgain();
    }
    for (const { batch, appended } of joined)
      if (appended !== null) aggregates.dropBefore(batch.stream, appended.revision);
    // An earlier try had recorded the batch: each command is answered from its events.
    if (own.appended === null || own.appended.events.length < decided.events.length) return this.decideAgain();
    decided.folded.position = own.appended.position;
    return own.appended.events;
  }

  /** Decides what follows from a command's event within a unit that begins with it; null where it is to be recorded alone. */
  private async followUp({ size, base, events }: DecidedCommands): Promise<UnitOfWork | null> {
    const { followUps, beginUnit } = this.ports;
    const [decided] = events;
    if (decided === undefined || size > 1 || events.length > 1 || followUps?.follows(decided.type) !== true)
      return null;
    const expected = expectedEvents(this.stream, base + 1, events);
    const unit = beginUnit(expected);
    let reason: unknown = null;
    try {
      for (const event of expected) if (await followUps.decide(event, unit)) return unit;
    } catch (error) {
      // It is decided again once the event is recorded, and an error that comes again is reported there.
      reason = error;
    }
    unit.abandon(reason);
    return null;
  }

  private decideAgain(): null {
    this.markAsPossibleDuplicates();
    this.ports.aggregates.drop(this.stream);
    return null;
  }

  /**
   * A conflict may be with ourselves, after a lost answer, or with a process that took this one for dead and sent the same:
   * the stream is searched before anything is decided again.
   */
  private markAsPossibleDuplicates(): void {
    for (const command of this.pending()) command.markAsPossibleDuplicate();
  }

  /** The batch is larger than the store takes, or one of its commands brought a joined append that cannot be recorded. */
  private mayBeOfOne(error: unknown): boolean {
    return error instanceof AppendTooLargeError || (error instanceof WrongExpectedRevisionError && !this.isOwn(error));
  }

  /**
   * Another event stands at the place of one of the batch. Ids conflict where the same command was recorded by another request: it
   * was decided without reading, or another process was sent it too and was faster.
   */
  private isConflict(error: unknown): boolean {
    if (error instanceof WrongExpectedRevisionError) return this.isOwn(error);
    return error instanceof EventIdConflictError;
  }

  private isOwn({ stream }: WrongExpectedRevisionError): boolean {
    return stream === this.stream;
  }

  /** Tries each command by itself, so that the others do not fail with the one that cannot be recorded. */
  private async runOneByOne(): Promise<void> {
    for (const command of this.pending()) await new CommandBatch(this.stream, [command], this.ports).run();
  }

  private failAll(error: unknown): void {
    for (const command of this.pending()) command.fail(error);
  }
}

/** Ids that conflict with no command of the batch are a caller's bug, and reported as such. */
const gaveUp = (stream: string, cause: unknown): unknown =>
  cause instanceof EventIdConflictError
    ? cause
    : new StoreUnavailableError(`gave up on ${stream} after conflicts with other writers`, { cause });

/**
 * Makes the back-off between conflicts with other writers, whose events can mostly be read at once. A store may decide by events that
 * it does not show yet, so that looking again would find the same conflict; EventStoreDB does so until its followers and its
 * index have them.
 */
export const conflictBackOff = (): BackOff => new BackOff({ firstMs: 5, longestMs: 200, atOnce: 2, patienceMs: 8_000 });
