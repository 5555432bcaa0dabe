import type { DomainEvent, Refusal } from '../../../domain/shared/index.js';
import type { EventToAppend, RecordedEvent } from '../../event-store/index.js';
import { rememberCommand, type CachedAggregate } from './aggregate-cache.js';
import type { PendingAppend } from './append.js';
import type { Outcome } from './command-executor.js';
import type { PendingCommand } from './erased.js';
import { eventsToAppend } from './events-to-append.js';

interface DecidedCommand {
  readonly pending: PendingCommand;
  readonly eventCount: number;
  readonly outcomeWith: (recorded: readonly RecordedEvent[]) => Outcome<unknown>;
}

/** Commands that were decided on one state; they are answered once all that was decided before them is on disk. */
export class DecidedCommands {
  readonly events: EventToAppend[] = [];
  /** The stream's revision before any of them; -1 for no stream. */
  readonly base: number;
  private readonly all: DecidedCommand[] = [];

  constructor(readonly entry: CachedAggregate) {
    this.base = entry.revision;
  }

  get size(): number {
    return this.all.length;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  has(commandId: string): boolean {
    return this.all.some(({ pending }) => pending.execution.context.commandId === commandId);
  }

  /** Folds the command's events into the state, and makes its answer of that before the next command changes it. */
  accept(pending: PendingCommand, events: readonly DomainEvent[]): void {
    const { entry } = this;
    const { aggregate, context } = pending.execution;
    this.events.push(...eventsToAppend(context, events));
    for (const event of events) entry.state = aggregate.decider.evolve(entry.state, event);
    entry.revision += events.length;
    if (events.length > 0) rememberCommand(entry, context.commandId);
    const { revision, position: unchangedAt } = entry;
    const answer = pending.execution.answer(entry.state, events, revision);
    this.add(pending, events.length, (recorded) => {
      const position = events.length === 0 ? unchangedAt : (recorded.at(-1)?.position ?? null);
      return { kind: 'accepted', answer, revision, position, events: recorded, repeated: false };
    });
  }

  refuse(pending: PendingCommand, refusal: Refusal): void {
    const { revision, position } = this.entry;
    this.add(pending, 0, () => ({ kind: 'refused', refusal, revision, position }));
  }

  failPrecondition(pending: PendingCommand): void {
    const { revision } = this.entry;
    this.add(pending, 0, () => ({ kind: 'precondition-failed', revision }));
  }

  /** What the commands brought to be appended with their events. */
  joinedAppends(): readonly PendingAppend[] {
    return this.all.flatMap(({ pending, eventCount }) => {
      const { joined } = pending.execution.context;
      return joined !== undefined && joined.appended === null && eventCount > 0 ? [joined] : [];
    });
  }

  /** Gives each command its part of the recorded events. */
  *outcomes(recorded: readonly RecordedEvent[]): Iterable<readonly [PendingCommand, Outcome<unknown>]> {
    let next = 0;
    for (const { pending, eventCount, outcomeWith } of this.all) {
      yield [pending, outcomeWith(recorded.slice(next, next + eventCount))];
      next += eventCount;
    }
  }

  private add(pending: PendingCommand, eventCount: number, outcomeWith: DecidedCommand['outcomeWith']): void {
    this.all.push({ pending, eventCount, outcomeWith });
  }
}
