import { deriveId } from '../../shared/derive-id.js';
import type { Position } from '../../shared/position.js';
import type { RecordedEvent } from '../../event-store/index.js';
import type { EventReference } from './cursor.js';
import { toRecorded } from './instance-store.js';
import type { InboxItem, InstanceState, SagaInstance } from './instances.js';
import type { SagaEvent, SagaStep, SentCommand } from './saga.js';
import type { StepRecord, TakenInput } from './step-record.js';

/** The step that inputs were folded into: `record` is null when they changed nothing that has to be recorded. */
export interface FoldedStep {
  readonly next: InstanceState;
  readonly record: StepRecord | null;
  /** The commands to send once that is recorded. */
  readonly sent: readonly SentCommand[];
  /** The one of them that the step may be recorded with; null where the step is recorded before they are sent. */
  readonly withCommand: SentCommand | null;
  /** The event of the first step, where it was taken in this step. */
  readonly began: RecordedEvent | null;
  /** Whether a recorded event changed nothing, by the state that the instance has in memory. */
  readonly ignoresEvent: boolean;
}

/** Folds the inputs that wait for an instance into one step; it reads nothing but the instance, and changes nothing. */
export function foldInputs(instance: SagaInstance, items: readonly InboxItem[], now: string): FoldedStep {
  const builder = new StepBuilder(instance, now);
  for (const item of items) if (!builder.done) builder.take(item);
  return builder.build();
}

/** Builds a step: takes one input after the other, and makes the record of all of them. */
class StepBuilder {
  done: boolean;
  private state: object | null;
  private pending: Map<string, SentCommand> | null = null;
  private timers: Record<string, string> | null = null;
  private position: Position | null;
  private seed: string;
  private cause: string;
  private correlationId: string;
  private traceparent: string | undefined;
  private begunBy: EventReference | null;
  private began: RecordedEvent | null = null;
  private readonly inputs: TakenInput[] = [];
  private readonly sent = new Map<string, SentCommand>();
  private changed = false;
  private joint = false;
  private ignoresEvent = false;

  constructor(
    private readonly instance: SagaInstance,
    private readonly now: string,
  ) {
    const { current } = instance;
    this.done = current.done;
    this.state = current.state;
    this.position = current.position;
    this.seed = current.seed;
    this.cause = current.cause;
    this.correlationId = current.correlationId;
    this.traceparent = current.traceparent;
    this.begunBy = current.begunBy;
  }

  take(item: InboxItem): void {
    if (item.kind === 'event') this.takeRecorded(item.event);
    else if (item.kind === 'expected') this.takeEvent(item.event);
    else if (item.kind === 'reply') this.takeReply(item);
    else this.takeTimeout(item);
  }

  build(): FoldedStep {
    const next = this.next();
    const record = this.record(next);
    const sent = this.done ? [] : [...this.sent.values()];
    const [only] = sent;
    const withCommand = this.joint && sent.length === 1 && only !== undefined ? only : null;
    const { began, ignoresEvent } = this;
    const after = record === null ? next : { ...next, begunBy: null };
    return { next: after, record, sent, withCommand, began, ignoresEvent };
  }

  private next(): InstanceState {
    const { current } = this.instance;
    const { state, done, position, seed, cause, correlationId, traceparent, begunBy } = this;
    const timers = done ? {} : (this.timers ?? current.timers);
    const pending = done ? new Map<string, SentCommand>() : merged(this.waiting(), this.sent);
    const since = state === null || current.since !== '' ? current.since : this.now;
    return { state, pending, timers, done, position, seed, cause, correlationId, traceparent, since, begunBy };
  }

  private record(next: InstanceState): StepRecord | null {
    const { state, cause, correlationId, traceparent, timers, done, position, seed, since } = next;
    if (!this.changed || state === null) return null;
    const origin = { causationId: cause, correlationId, traceparent };
    return {
      inputs: this.inputs,
      now: this.now,
      state,
      sent: toRecorded(this.sent.values(), origin),
      waiting: done ? [] : toRecorded(this.waiting().values(), origin),
      timers,
      done,
      ...(!done && this.instance.saga.needsPerson?.(state) === true ? { stuck: true as const } : {}),
      position,
      seed,
      ...(this.instance.current.since === '' ? {} : { since }),
    };
  }

  private takeRecorded(event: RecordedEvent): void {
    if (this.position !== null && event.position <= this.position) return;
    const before = this.state;
    if (!this.takeEvent(event)) return;
    this.position = event.position;
    if (before === null) this.began = event;
    else if (this.state === before && !this.changed)
      this.ignoresEvent ||= this.instance.saga.on[event.type]?.final !== true;
  }

  /** False where the saga does not follow the event, or cannot begin with it. */
  private takeEvent(event: SagaEvent): boolean {
    const reaction = this.instance.saga.on[event.type];
    if (reaction === undefined) return false;
    if (this.state === null) {
      if (reaction.begins?.(event.data) !== true) return false;
      this.seed = deriveId(event.id, this.instance.stream);
      this.correlationId = event.metadata.correlationId;
      this.begunBy = { stream: event.stream, revision: event.revision };
    }
    const taken: TakenInput = { event: event.id, type: event.type };
    this.react((state) => reaction.react(state, event, this.now), taken, {
      cause: event.id,
      correlationId: event.metadata.correlationId,
      traceparent: event.metadata.traceparent,
    });
    return true;
  }

  private takeReply({ sent, reply, lastEventId }: InboxItem & { kind: 'reply' }): void {
    const { key, commandId, correlationId } = sent;
    if (this.waiting().get(key)?.commandId !== commandId) return;
    this.mutablePending().delete(key);
    const taken: TakenInput = { reply: key, outcome: reply.outcome };
    const { traceparent } = this;
    const { saga } = this.instance;
    const cause = lastEventId ?? sent.causationId;
    this.react(
      (state) => saga.onReply(state, { key, reply, cause }, this.now),
      reply.outcome === 'refused' ? { ...taken, code: reply.refusal.code } : taken,
      { cause, correlationId, traceparent },
    );
  }

  private takeTimeout({ key, due }: InboxItem & { kind: 'timeout' }): void {
    const timers = this.timers ?? this.instance.current.timers;
    if (timers[key] !== due) return;
    delete this.mutableTimers()[key];
    // The step is recorded also when the saga ignores the timer, which would fire again after every restart.
    this.changed = true;
    const { cause, correlationId, traceparent } = this;
    const { saga } = this.instance;
    this.react(
      (state) => saga.onTimeout(state, { key, cause }, this.now),
      { timeout: key },
      { cause, correlationId, traceparent },
    );
  }

  private react(stepFrom: (state: object) => SagaStep<object>, taken: TakenInput, origin: Origin): void {
    const before = this.state ?? this.instance.saga.initialState();
    const step = stepFrom(before);
    const isFirst = this.state === null;
    this.inputs.push(taken);
    if (!isFirst && saysNothing(step, before)) return;
    if (!isSaidByLog(step, isFirst)) this.changed = true;
    if (step.commands !== undefined) this.joint = step.joint === true;
    this.state = step.state;
    this.cause = origin.cause;
    this.correlationId = origin.correlationId;
    this.traceparent = origin.traceparent;
    for (const key of step.answered ?? []) if (this.waiting().has(key)) this.mutablePending().delete(key);
    this.send(step, origin, isFirst);
    this.setTimers(step);
    if (step.done === true) this.done = true;
  }

  private send(step: SagaStep<object>, { cause, correlationId }: Origin, isFirst: boolean): void {
    if (step.commands === undefined) return;
    const stepIndex = isFirst ? 0 : this.instance.revision + 2;
    for (const command of step.commands) {
      // The step's index gives a command that is sent again on purpose another id; the same step taken again gives the same ids. A
      // first step, whose event may be its only record, has an index of its own.
      const commandId = deriveId(this.seed, `${command.key}#${stepIndex}`);
      if (this.waiting().has(command.key)) this.mutablePending().delete(command.key);
      this.sent.set(command.key, { causationId: cause, ...command, commandId, correlationId });
    }
  }

  private setTimers(step: SagaStep<object>): void {
    if (step.timers === undefined) return;
    const timers = this.mutableTimers();
    for (const { key, due } of step.timers) {
      if (due === null) delete timers[key];
      else timers[key] = due;
    }
  }

  private waiting(): ReadonlyMap<string, SentCommand> {
    return this.pending ?? this.instance.current.pending;
  }

  private mutablePending(): Map<string, SentCommand> {
    return (this.pending ??= new Map(this.instance.current.pending));
  }

  private mutableTimers(): Record<string, string> {
    return (this.timers ??= { ...this.instance.current.timers });
  }
}

type Origin = Pick<InstanceState, 'cause' | 'correlationId' | 'traceparent'>;

/**
 * Whether the log holds the step already. A first step without commands or timers would be forgotten with its instance, and a later
 * step is recorded before its commands are sent.
 */
function isSaidByLog({ unrecorded, commands, timers }: SagaStep<object>, isFirst: boolean): boolean {
  const leavesWork = commands !== undefined || timers !== undefined;
  return unrecorded === true && leavesWork === isFirst;
}

function saysNothing(step: SagaStep<object>, before: object): boolean {
  return step.state === before && step.commands === undefined && step.timers === undefined && step.done !== true;
}

function merged(
  waiting: ReadonlyMap<string, SentCommand>,
  sent: ReadonlyMap<string, SentCommand>,
): ReadonlyMap<string, SentCommand> {
  if (sent.size === 0) return waiting;
  if (waiting.size === 0) return sent;
  return new Map([...waiting, ...sent]);
}

/** The id of a command that carries out a part of a saga's command: the same whenever the saga's is sent again. */
export const partId = (commandId: string, part: string): string => deriveId(commandId, part);

/** The part that records a request before somebody outside is asked. */
export const REQUEST_PART = 'request';
