import type { Decision, DomainEvent } from '../../../domain/shared/index.js';
import {
  AppendTooLargeError,
  EventIdConflictError,
  type EventStore,
  type RecordedEvent,
  UnknownOutcomeError,
  WrongExpectedRevisionError,
} from '../../event-store/index.js';
import { StoreUnavailableError } from '../../shared/store-errors.js';
import type { CachedAggregate } from './aggregate-cache.js';
import { appendUntilDefinite, PendingAppend } from './append.js';
import { EXCLUSIVE_WINDOW_MS, type Outcome } from './command-executor.js';
import { conflictBackOff } from './conflict-back-off.js';
import { DecidedCommands } from './decided-commands.js';
import { DuplicateCommands } from './duplicate-commands.js';
import type { ErasedAggregate, PendingCommand } from './erased.js';
import { batchAfter, expectedEvents, type ExpectedEvent } from './events-to-append.js';
import { keepSnapshot, type SnapshotStore } from './snapshot-store.js';
import type { UnitOfWork } from './unit-of-work.js';

/** What a batch needs of the executor that it belongs to. */
export interface BatchPorts {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  /** `assumedNew`: the stream is very likely not there, so that it need not be read. */
  readonly load: (aggregate: ErasedAggregate, assumedNew: boolean) => Promise<CachedAggregate>;
  /** Drops the stream's state from the cache. */
  readonly invalidate: () => void;
  /** Another stream has events up to that revision: its cached state is dropped where it is older. */
  readonly notice: (stream: string, revision: number) => void;
  readonly follows: (type: string) => boolean;
  /** Decides what follows from the events of one command before they are recorded; null for nothing. */
  readonly followUp: (events: readonly ExpectedEvent[]) => Promise<UnitOfWork | null>;
}

/** Handles commands of one stream together: decides them one after the other on the same state, and appends once. */
export class CommandBatch {
  private readonly pending: Set<PendingCommand>;
  private readonly duplicates: DuplicateCommands;
  private attempts = 0;
  private withFollowUps: boolean;

  constructor(
    private readonly stream: string,
    commands: readonly PendingCommand[],
    private readonly ports: BatchPorts,
  ) {
    this.pending = new Set(commands);
    this.duplicates = new DuplicateCommands(stream, ports);
    this.withFollowUps = ports.store.joint;
  }

  /** Answers every command of the batch, after as many attempts as conflicts with other writers take; never throws. */
  async run(): Promise<void> {
    const backOff = conflictBackOff();
    while (this.pending.size > 0) {
      try {
        await this.attempt();
      } catch (error) {
        this.ports.invalidate();
        if (this.pending.size > 1 && this.mayBeOfOne(error)) return this.runOneByOne();
        if (!this.isConflict(error)) return this.rejectAll(error);
        this.markAsPossibleDuplicates();
        if (!(await backOff.next())) return this.rejectAll(gaveUp(this.stream, error));
      }
    }
  }

  private async attempt(): Promise<void> {
    const [first] = this.pending;
    if (first === undefined) return;
    // 1. Load the state: from the cache, or folded from the stream.
    const { aggregate, creates = false } = first.execution;
    const isAssumedNew = creates && this.attempts++ === 0;
    const entry = await this.ports.load(aggregate, isAssumedNew);
    // 2. Decide each command on the state that the one before it left, and fold its events into that state.
    const decided = new DecidedCommands(entry);
    for (const pending of this.pending) await this.decide(pending, decided);
    if (decided.isEmpty) return;
    // 3. Append all that was decided in one go.
    const { events } = decided;
    const appended = events.length === 0 ? await this.checkIsNewest(entry) : await this.append(decided);
    if (appended === null) return;
    // 4. Answer each command.
    for (const [pending, outcome] of decided.outcomes(appended)) this.settle(pending, outcome);
    if (events.length > 0) keepSnapshot(this.ports.snapshots, { aggregate, stream: this.stream, entry });
  }

  private async decide(pending: PendingCommand, decided: DecidedCommands): Promise<void> {
    const { execution } = pending;
    const { commandId, settled } = execution.context;
    const { entry } = decided;
    if (mayBeDuplicate(pending) || entry.commands.has(commandId)) {
      // Twice in one batch: the second is answered in the next attempt, from what the first recorded.
      if (decided.has(commandId)) return;
      if (await this.duplicates.isRecorded(commandId, entry)) {
        return this.settle(pending, await this.duplicates.answer(execution));
      }
      // Events are the truth: what was kept elsewhere counts only of a command that recorded none.
      if (settled !== undefined && 'refusal' in settled) return decided.refuse(pending, settled.refusal);
      if (settled !== undefined) {
        return this.settle(pending, await this.duplicates.answerUnchanged(execution, settled.unchangedAt));
      }
    }
    const { expectedRevision } = execution;
    if (expectedRevision !== undefined && !expectedRevision.includes(entry.revision)) {
      return decided.failPrecondition(pending);
    }
    const decision = this.decisionOf(pending, entry);
    if (decision === null) return;
    if (decision.accepted) decided.accept(pending, decision.events);
    else decided.refuse(pending, decision.refusal);
  }

  /** A decider that throws is a bug: its command fails, the others go on (deciding leaves the state alone). */
  private decisionOf(pending: PendingCommand, entry: CachedAggregate): Decision<DomainEvent> | null {
    const { aggregate, command } = pending.execution;
    try {
      return aggregate.decider.decide(command, entry.state);
    } catch (error) {
      this.pending.delete(pending);
      pending.reject(error);
      return null;
    }
  }

  /** Makes sure that commands without events were decided on the newest state, which no append has told. */
  private async checkIsNewest({ revision }: CachedAggregate): Promise<readonly RecordedEvent[]> {
    for await (const newer of this.ports.store.read(this.stream, { from: revision + 1, limit: 1 })) {
      throw new WrongExpectedRevisionError(this.stream, revision, newer.revision);
    }
    return [];
  }

  /** Appends what was decided with all that joins it; null where it has to be decided again. */
  private async append(decided: DecidedCommands): Promise<readonly RecordedEvent[] | null> {
    const { store } = this.ports;
    const own = new PendingAppend(batchAfter(this.stream, decided.base, decided.events));
    const joined = store.joint ? decided.joinedAppends() : [];
    const unit = this.withFollowUps ? await this.followUp(decided) : null;
    const onUnknownOutcome = (): void => this.markAsPossibleDuplicates();
    try {
      if (unit === null) await appendUntilDefinite(store, [own, ...joined], onUnknownOutcome);
      else await unit.commit([own, ...joined], onUnknownOutcome);
    } catch (error) {
      if (unit === null || error instanceof UnknownOutcomeError) throw error;
      // The events are recorded without what follows from them, which is decided once they are in the log.
      this.withFollowUps = false;
      return this.decideAgain();
    }
    for (const { batch, appended } of joined) if (appended !== null) this.ports.notice(batch.stream, appended.revision);
    // An earlier try had recorded the batch: each command is answered from its events.
    if (own.appended === null || own.appended.events.length < decided.events.length) return this.decideAgain();
    decided.entry.position = own.appended.position;
    return own.appended.events;
  }

  private async followUp({ size, base, events }: DecidedCommands): Promise<UnitOfWork | null> {
    const [event] = events;
    if (event === undefined || size > 1 || events.length > 1 || !this.ports.follows(event.type)) return null;
    return this.ports.followUp(expectedEvents(this.stream, base + 1, events));
  }

  private decideAgain(): null {
    this.markAsPossibleDuplicates();
    this.ports.invalidate();
    return null;
  }

  /**
   * A conflict may be with ourselves, after a lost answer, or with a process that took this one for dead and sent the same:
   * the stream is searched before anything is decided again.
   */
  private markAsPossibleDuplicates(): void {
    for (const pending of this.pending) pending.mayBeDuplicate = true;
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
    for (const pending of this.pending) await new CommandBatch(this.stream, [pending], this.ports).run();
    this.pending.clear();
  }

  private settle(pending: PendingCommand, outcome: Outcome<unknown>): void {
    this.pending.delete(pending);
    pending.resolve(outcome);
  }

  private rejectAll(error: unknown): void {
    for (const pending of this.pending) pending.reject(error);
    this.pending.clear();
  }
}

/** Whether the stream has to be searched for the command's id before it is decided. */
const mayBeDuplicate = ({ mayBeDuplicate: isMarked, queuedAt }: PendingCommand): boolean =>
  isMarked || performance.now() - queuedAt > EXCLUSIVE_WINDOW_MS;

/** Ids that conflict with no command of the batch are a caller's bug, and reported as such. */
const gaveUp = (stream: string, cause: unknown): unknown =>
  cause instanceof EventIdConflictError
    ? cause
    : new StoreUnavailableError(`gave up on ${stream} after conflicts with other writers`, { cause });
