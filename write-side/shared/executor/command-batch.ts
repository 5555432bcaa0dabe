import { deriveId, type Decision, type DomainEvent, type JsonObject } from '../../../domain/shared/index.js';
import {
  AppendTooLargeError,
  EventIdConflictError,
  StoreUnavailableError,
  WrongExpectedRevisionError,
  type EventStore,
  type EventToAppend,
  type RecordedEvent,
} from '../../../infra/event-store/index.js';
import type { Outcome, Settled } from '../command-executor.js';
import type { Along } from '../along.js';
import { rememberCommand, type CachedAggregate } from './aggregate-cache.js';
import { appendUntilDefinite } from './append.js';
import { ConflictPauses } from './conflict-pauses.js';
import type { ErasedAggregate, ErasedExecution, PendingCommand } from './erased.js';
import { loadAggregate } from './load-aggregate.js';
import { metadataOf } from './metadata.js';
import { SENT_ONCE_MS } from '../sent-once.js';
import type { SnapshotStore } from './snapshot-store.js';

export interface BatchSurroundings {
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  /** `fresh`: the stream is very likely not there, so that it need not be read. */
  readonly load: (aggregate: ErasedAggregate, fresh: boolean) => Promise<CachedAggregate>;
  readonly forget: () => void;
}

/** A command that was decided; its outcome is given once all that was decided before it is on disk. */
interface Decided {
  readonly pending: PendingCommand;
  readonly eventCount: number;
  readonly outcome: (events: readonly RecordedEvent[]) => Outcome<unknown>;
}

const SNAPSHOT_EVERY = 500;

/** Commands of one stream, decided one after the other on the same folded state and appended together. */
export class CommandBatch {
  private readonly pending: Set<PendingCommand>;
  private attempts = 0;
  /** The stream was taken to be empty without looking. */
  private blind = false;
  private toAppend: EventToAppend[] = [];
  private decided: Decided[] = [];

  constructor(
    private readonly stream: string,
    commands: readonly PendingCommand[],
    private readonly around: BatchSurroundings,
  ) {
    this.pending = new Set(commands);
  }

  /** Answers every command of the batch; never throws. */
  async run(): Promise<void> {
    const pauses = new ConflictPauses();
    while (this.pending.size > 0) {
      try {
        await this.attempt();
      } catch (error) {
        this.around.forget();
        if (this.isForAll(error) && this.pending.size > 1) return this.oneByOne();
        if (!this.isConflict(error)) return this.rejectAll(error);
        this.beUnsure();
        if (!(await pauses.next())) return this.rejectAll(tooManyConflicts(this.stream, error));
      }
    }
  }

  /** Together they are more than the store takes, or one of them brought along what cannot be recorded. */
  private isForAll(error: unknown): boolean {
    return error instanceof AppendTooLargeError || (error instanceof WrongExpectedRevisionError && !this.isOurs(error));
  }

  private isOurs({ stream }: WrongExpectedRevisionError): boolean {
    return stream === this.stream;
  }

  /** That is no fault of the others. */
  private async oneByOne(): Promise<void> {
    for (const pending of this.pending) await new CommandBatch(this.stream, [pending], this.around).run();
    this.pending.clear();
  }

  /** Sent again, a command that was decided without looking meets its own events, of another request. */
  private isConflict(error: unknown): boolean {
    if (error instanceof WrongExpectedRevisionError) return this.isOurs(error);
    return this.blind && error instanceof EventIdConflictError;
  }

  /**
   * A conflict may be with ourselves, after a lost answer, or with a process that took this one for dead and sent the same:
   * the stream is searched before anything is decided again.
   */
  private beUnsure(): void {
    for (const pending of this.pending) pending.mayBeRepeated = true;
  }

  private async attempt(): Promise<void> {
    this.toAppend = [];
    this.decided = [];
    const [first] = this.pending;
    if (first === undefined) return;
    const { aggregate, creates = false } = first.execution;
    this.blind = creates && this.attempts++ === 0;
    const entry = await this.around.load(aggregate, this.blind);
    const base = entry.revision;
    for (const pending of this.pending) await this.decide(pending, entry);
    if (this.toAppend.length === 0) return this.settleDecided(entry);
    const unsure = (): void => this.beUnsure();
    const appended = await appendUntilDefinite(this.around.store, {
      stream: this.stream,
      events: this.toAppend,
      base,
      along: this.along(),
      unsure,
    });
    if (appended.events.length < this.toAppend.length) return this.decideAgainKnowing(unsure);
    entry.position = appended.position;
    this.answer(appended.events);
    this.saveSnapshot(aggregate, entry);
  }

  private along(): readonly Along[] {
    if (!this.around.store.joint) return [];
    const along: Along[] = [];
    for (const { pending, eventCount } of this.decided) {
      const other = pending.execution.context.along;
      if (other !== undefined && other.appended === null && eventCount > 0) along.push(other);
    }
    return along;
  }

  /** The batch had been recorded by an earlier try: each command is answered from its events. */
  private decideAgainKnowing(unsure: () => void): void {
    unsure();
    this.around.forget();
  }

  private async decide(pending: PendingCommand, entry: CachedAggregate): Promise<void> {
    const { execution } = pending;
    const { commandId, settled } = execution.context;
    const isUnsure = pending.mayBeRepeated || performance.now() - pending.since > SENT_ONCE_MS;
    if (isUnsure || entry.commands.has(commandId)) {
      // Twice in one batch: the second is answered in the next round, from what the first recorded.
      if (this.decided.some((before) => before.pending.execution.context.commandId === commandId)) return;
      if (await this.isRepeated(commandId, entry)) return this.answerRepeated(pending);
      // Events are the truth: only of a command that recorded none it counts what was kept elsewhere.
      if (settled !== undefined) return this.answerSettled(pending, settled, entry);
    }
    const { expectedRevision } = execution;
    if (expectedRevision !== undefined && !expectedRevision.includes(entry.revision)) {
      return this.note(pending, { kind: 'precondition-failed', revision: entry.revision });
    }
    const decision = this.decisionOf(pending, entry);
    if (decision === null) return;
    const { revision, position } = entry;
    if (!decision.accepted)
      return this.note(pending, { kind: 'refused', refusal: decision.refusal, revision, position });
    if (decision.events.length > 0) return this.accept(pending, entry, decision.events);
    const answer = execution.answer(entry.state, [], revision);
    this.note(pending, { kind: 'accepted', answer, revision, position, events: [], repeated: false });
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

  private accept(pending: PendingCommand, entry: CachedAggregate, events: readonly DomainEvent[]): void {
    const { execution } = pending;
    this.enqueue(execution, events);
    for (const event of events) entry.state = execution.aggregate.decider.evolve(entry.state, event);
    entry.revision += events.length;
    rememberCommand(entry, execution.context.commandId);
    const { revision } = entry;
    const answer = execution.answer(entry.state, events, revision);
    this.decided.push({
      pending,
      eventCount: events.length,
      outcome: (recorded) => {
        const position = recorded.at(-1)?.position ?? null;
        return { kind: 'accepted', answer, revision, position, events: recorded, repeated: false };
      },
    });
  }

  private enqueue({ context }: ErasedExecution, events: readonly DomainEvent[]): void {
    const metadata = metadataOf(context);
    for (let index = 0; index < events.length; index++) {
      const event = events[index];
      if (event === undefined) continue;
      const id = deriveId(context.commandId, String(index));
      this.toAppend.push({ id, type: event.type, data: event.data as JsonObject, metadata });
    }
  }

  private note(pending: PendingCommand, outcome: Outcome<unknown>): void {
    this.decided.push({ pending, eventCount: 0, outcome: () => outcome });
  }

  /** Nothing was appended, so nothing has told yet whether the state was the newest. */
  private async settleDecided(entry: CachedAggregate): Promise<void> {
    if (this.decided.length === 0) return;
    for await (const newer of this.around.store.read(this.stream, { from: entry.revision + 1, limit: 1 })) {
      throw new WrongExpectedRevisionError(this.stream, entry.revision, newer.revision);
    }
    this.answer([]);
  }

  private answer(recorded: readonly RecordedEvent[]): void {
    let next = 0;
    for (const { pending, eventCount, outcome } of this.decided) {
      this.settle(pending, outcome(recorded.slice(next, next + eventCount)));
      next += eventCount;
    }
  }

  private async isRepeated(commandId: string, entry: CachedAggregate): Promise<boolean> {
    if (entry.commands.has(commandId)) return true;
    if (entry.commandsComplete) return false;
    return (await this.around.store.findCommand(this.stream, commandId)).length > 0;
  }

  /** Built from the state right after the command, as it was answered the first time. */
  private async answerRepeated(pending: PendingCommand): Promise<void> {
    const { context, aggregate, answer } = pending.execution;
    const { store, snapshots } = this.around;
    const events = await store.findCommand(this.stream, context.commandId);
    const last = events.at(-1);
    if (last === undefined) throw new Error(`command ${context.commandId} is known but not in ${this.stream}`);
    if (last.metadata.requestHash !== context.requestHash) return this.settle(pending, { kind: 'id-reused' });
    const { revision, position } = last;
    const { state } = await loadAggregate(aggregate, this.stream, { store, snapshots, upTo: revision });
    const answered = answer.call(pending.execution, state, events, revision);
    this.settle(pending, { kind: 'accepted', answer: answered, revision, position, events, repeated: true });
  }

  /** Refused once more, or answered from the state that it left as it was. */
  private async answerSettled(pending: PendingCommand, settled: Settled, now: CachedAggregate): Promise<void> {
    if ('refusal' in settled) {
      const { revision, position } = now;
      return this.note(pending, { kind: 'refused', refusal: settled.refusal, revision, position });
    }
    const { aggregate, answer } = pending.execution;
    const { store, snapshots } = this.around;
    const then = await loadAggregate(aggregate, this.stream, { store, snapshots, upTo: settled.unchangedAt });
    const { state, revision, position } = then;
    const answered = answer.call(pending.execution, state, [], revision);
    this.settle(pending, { kind: 'accepted', answer: answered, revision, position, events: [], repeated: true });
  }

  private saveSnapshot(aggregate: ErasedAggregate, entry: CachedAggregate): void {
    const { snapshot } = aggregate;
    const { revision, position } = entry;
    if (snapshot === undefined || position === null || revision - entry.snapshotRevision < SNAPSHOT_EVERY) return;
    entry.snapshotRevision = revision;
    const { version } = snapshot;
    const state = snapshot.write(entry.state);
    // Derived data: without it the next load folds more events.
    this.around.snapshots.save(this.stream, { version, revision, position, state }).catch(() => undefined);
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

const tooManyConflicts = (stream: string, cause: unknown): StoreUnavailableError =>
  new StoreUnavailableError(`gave up on ${stream} after conflicts with other writers`, { cause });
