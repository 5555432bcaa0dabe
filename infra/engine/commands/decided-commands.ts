import type { Decision, DomainEvent, Refusal } from '../../../domain/shared/index.js';
import type { EventStore, EventToAppend, RecordedEvent } from '../../event-store/index.js';
import {
  eventsToAppend,
  rememberCommand,
  type AggregateRepository,
  type FoldedAggregate,
  type PendingAppend,
} from './aggregate-repository.js';
import { EXCLUSIVE_WINDOW_MS, type Outcome } from './command-executor.js';
import type { ErasedExecution } from './erased.js';

/** A command that waits to be decided and recorded, with the way back to its caller. */
export class PendingCommand {
  isAnswered = false;
  private isMarked: boolean;
  private readonly queuedAt = performance.now();

  constructor(
    readonly execution: ErasedExecution,
    private readonly caller: { resolve(outcome: Outcome<unknown>): void; reject(error: unknown): void },
  ) {
    this.isMarked = execution.context.repeatable;
  }

  get id(): string {
    return this.execution.context.commandId;
  }

  /** Whether its stream has to be searched for its id before it is decided. */
  get mayBeDuplicate(): boolean {
    return this.isMarked || performance.now() - this.queuedAt > EXCLUSIVE_WINDOW_MS;
  }

  markAsPossibleDuplicate(): void {
    this.isMarked = true;
  }

  answer(outcome: Outcome<unknown>): void {
    this.isAnswered = true;
    this.caller.resolve(outcome);
  }

  fail(error: unknown): void {
    this.isAnswered = true;
    this.caller.reject(error);
  }
}

interface DecidedCommand {
  readonly pending: PendingCommand;
  readonly eventCount: number;
  readonly outcomeWith: (recorded: readonly RecordedEvent[]) => Outcome<unknown>;
}

/**
 * Decides commands of one stream, each on the state that the one before it left. A command that its stream has already is answered
 * as it was then; the others are answered once all that was decided before them is on disk.
 */
export class DecidedCommands {
  readonly events: EventToAppend[] = [];
  /** The stream's revision before any of them; -1 for no stream. */
  readonly base: number;
  private readonly all: DecidedCommand[] = [];

  constructor(
    private readonly stream: string,
    readonly folded: FoldedAggregate,
    private readonly recorded: { readonly store: EventStore; readonly aggregates: AggregateRepository },
  ) {
    this.base = folded.revision;
  }

  get size(): number {
    return this.all.length;
  }

  async decide(pending: PendingCommand): Promise<void> {
    const { folded } = this;
    const { context, expectedRevision } = pending.execution;
    const { commandId, settled } = context;
    if (pending.mayBeDuplicate || folded.commands.has(commandId)) {
      // Twice in one batch: the second is answered in the next attempt, from what the first recorded.
      if (this.all.some((decided) => decided.pending.id === commandId)) return;
      if (await this.isRecorded(commandId)) return pending.answer(await this.recordedOutcome(pending.execution));
      // Events are the truth: what was kept elsewhere counts only of a command that recorded none.
      if (settled !== undefined && 'refusal' in settled) return this.refuse(pending, settled.refusal);
      if (settled !== undefined) {
        return pending.answer(await this.outcomeAt(pending.execution, settled.unchangedAt, []));
      }
    }
    if (expectedRevision !== undefined && !expectedRevision.includes(folded.revision)) {
      return this.failPrecondition(pending);
    }
    const decision = this.decisionOn(pending);
    if (decision === null) return;
    if (decision.accepted) this.accept(pending, decision.events);
    else this.refuse(pending, decision.refusal);
  }

  /** What the commands brought to be appended with their events. */
  joinedAppends(): readonly PendingAppend[] {
    return this.all.flatMap(({ pending, eventCount }) => {
      const { joined } = pending.execution.context;
      return joined !== undefined && joined.appended === null && eventCount > 0 ? [joined] : [];
    });
  }

  /** Answers each command with its part of the recorded events. */
  answer(recorded: readonly RecordedEvent[]): void {
    let next = 0;
    for (const { pending, eventCount, outcomeWith } of this.all) {
      pending.answer(outcomeWith(recorded.slice(next, next + eventCount)));
      next += eventCount;
    }
  }

  /** A decider that throws is a bug: its command fails, the others go on (deciding leaves the state alone). */
  private decisionOn(pending: PendingCommand): Decision<DomainEvent> | null {
    const { aggregate, command } = pending.execution;
    try {
      return aggregate.decider.decide(command, this.folded.state);
    } catch (error) {
      pending.fail(error);
      return null;
    }
  }

  /** Folds the command's events into the state, and makes its answer of that before the next command changes it. */
  private accept(pending: PendingCommand, events: readonly DomainEvent[]): void {
    const { folded } = this;
    const { aggregate, context } = pending.execution;
    this.events.push(...eventsToAppend(context, events));
    for (const event of events) folded.state = aggregate.decider.evolve(folded.state, event);
    folded.revision += events.length;
    if (events.length > 0) rememberCommand(folded, context.commandId);
    const { revision, position: unchangedAt } = folded;
    const answer = pending.execution.answer(folded.state, events, revision);
    this.add(pending, events.length, (recorded) => {
      const position = events.length === 0 ? unchangedAt : (recorded.at(-1)?.position ?? null);
      return { kind: 'accepted', answer, revision, position, events: recorded, repeated: false };
    });
  }

  private refuse(pending: PendingCommand, refusal: Refusal): void {
    const { revision, position } = this.folded;
    this.add(pending, 0, () => ({ kind: 'refused', refusal, revision, position }));
  }

  private failPrecondition(pending: PendingCommand): void {
    const { revision } = this.folded;
    this.add(pending, 0, () => ({ kind: 'precondition-failed', revision }));
  }

  private add(pending: PendingCommand, eventCount: number, outcomeWith: DecidedCommand['outcomeWith']): void {
    this.all.push({ pending, eventCount, outcomeWith });
  }

  private async isRecorded(commandId: string): Promise<boolean> {
    if (this.folded.commands.has(commandId)) return true;
    if (this.folded.commandsComplete) return false;
    return (await this.recorded.store.findCommand(this.stream, commandId)).length > 0;
  }

  /** Makes the outcome of a command that was recorded before, from the state right after its events. */
  private async recordedOutcome(execution: ErasedExecution): Promise<Outcome<unknown>> {
    const { commandId, requestHash } = execution.context;
    const events = await this.recorded.store.findCommand(this.stream, commandId);
    const last = events.at(-1);
    if (last === undefined) throw new Error(`command ${commandId} is known but not in ${this.stream}`);
    if (last.metadata.requestHash !== requestHash) return { kind: 'id-reused' };
    return this.outcomeAt(execution, last.revision, events);
  }

  /** Makes the outcome that a command had at that revision, which its own events led to, or which it left as it was. */
  private async outcomeAt(
    execution: ErasedExecution,
    upTo: number,
    events: readonly RecordedEvent[],
  ): Promise<Outcome<unknown>> {
    const { aggregates } = this.recorded;
    const { state, revision, position } = await aggregates.load(execution.aggregate, this.stream, upTo);
    const answer = execution.answer(state, events, revision);
    return { kind: 'accepted', answer, revision, position, events, repeated: true };
  }
}
