import {
  AppendTooLargeError,
  EventIdConflictError,
  type EventStore,
  type RecordedEvent,
  UnknownOutcomeError,
  WrongExpectedRevisionError,
} from '../../event-store/index.js';
import { StoreUnavailableError } from '../../shared/store-errors.js';
import {
  appendUntilDefinite,
  batchAfter,
  conflictBackOff,
  expectedEvents,
  PendingAppend,
  type ExpectedEvent,
} from './append.js';
import { DecidedCommands, type PendingCommand } from './decided-commands.js';
import type { ErasedAggregate } from './erased.js';
import { keepSnapshot, type FoldedAggregate } from './folded-aggregate.js';
import type { SnapshotStore } from './snapshot-store.js';
import type { UnitOfWork } from './unit-of-work.js';

/** What a batch needs of the executor that it belongs to. */
export interface BatchPorts {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  /** `assumedNew`: the stream is very likely not there, so that it need not be read. */
  readonly load: (aggregate: ErasedAggregate, assumedNew: boolean) => Promise<FoldedAggregate>;
  /** Drops the stream's state from the cache. */
  readonly invalidate: () => void;
  /** Drops the cached state of another stream, which has events up to that revision, where it is older. */
  readonly forgetBefore: (stream: string, revision: number) => void;
  readonly follows: (type: string) => boolean;
  /** Decides what follows from the events of one command before they are recorded; null for nothing. */
  readonly followUp: (events: readonly ExpectedEvent[]) => Promise<UnitOfWork | null>;
}

/** Handles commands of one stream together: decides them one after the other on the same state, and appends once. */
export class CommandBatch {
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
        this.ports.invalidate();
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
    const folded = await this.ports.load(aggregate, isAssumedNew);
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
    if (events.length > 0) keepSnapshot({ aggregate, stream: this.stream }, folded, this.ports.snapshots);
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
    const { store } = this.ports;
    const own = new PendingAppend(batchAfter(this.stream, decided.base, decided.events));
    const joined = store.joint ? decided.joinedAppends() : [];
    const unit = this.withFollowUps ? await this.followUp(decided) : null;
    try {
      if (unit === null) await appendUntilDefinite(store, [own, ...joined]);
      else await unit.commit([own, ...joined]);
    } catch (error) {
      if (unit === null || error instanceof UnknownOutcomeError) throw error;
      // The events are recorded without what follows from them, which is decided once they are in the log.
      this.withFollowUps = false;
      return this.decideAgain();
    }
    for (const { batch, appended } of joined)
      if (appended !== null) this.ports.forgetBefore(batch.stream, appended.revision);
    // An earlier try had recorded the batch: each command is answered from its events.
    if (own.appended === null || own.appended.events.length < decided.events.length) return this.decideAgain();
    decided.folded.position = own.appended.position;
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
