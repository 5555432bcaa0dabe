import { randomUUID } from 'node:crypto';
import type { Position } from '../../shared/position.js';
import { asEvent, type EventToAppend, type RecordedEvent } from '../../event-store/index.js';
import { eventsToAppend } from '../commands/index.js';
import type { SagaCommand } from './saga.js';

/** A command with the id under which it is sent, also when it is sent again. */
export type SentCommand = SagaCommand & {
  readonly commandId: string;
  /** Id of the business event that made the saga send it. */
  readonly causationId: string;
  readonly correlationId: string;
};

/** A command as it is recorded: without the ids that the step's own metadata has. */
export type RecordedCommand = SagaCommand & {
  readonly commandId: string;
  readonly causationId?: string;
  readonly correlationId?: string;
};

/** An input that a step took: enough to find it again, never its content. */
export type TakenInput =
  | { readonly event: string; readonly type: string }
  | { readonly reply: string; readonly outcome: string; readonly code?: string }
  | { readonly timeout: string };

/**
 * The data of `saga.{name}.stepped.v1`, the one event type of a saga's stream, which is inbox, state and outbox in one. The last
 * event of a stream is enough to resume. Never edit its shape, add a version.
 */
export interface StepRecord {
  readonly inputs: readonly TakenInput[];
  /** When they were taken, RFC 3339 UTC. */
  readonly now: string;
  readonly state: object;
  /** Commands of this step. */
  readonly sent: readonly RecordedCommand[];
  /** Commands of earlier steps that are still unanswered. */
  readonly waiting: readonly RecordedCommand[];
  /** Due times (RFC 3339 UTC) by key. */
  readonly timers: Readonly<Record<string, string>>;
  readonly done: boolean;
  /** Position of the last event taken; earlier ones are ignored. */
  readonly position: Position | null;
  /** UUID that the ids of the commands derive from: of the event that started it and the stream. */
  readonly seed: string;
  /** When the first step was taken, RFC 3339 UTC; absent in a first step, whose `now` it is. */
  readonly since?: string;
}

/** The event of a saga's stream. */
interface Stepped {
  readonly type: `saga.${string}.stepped.v1`;
  readonly data: StepRecord;
}

/** The business event that a step goes back to, and the request behind it. */
export interface StepOrigin {
  readonly causationId: string;
  readonly correlationId: string;
  readonly traceparent: string | undefined;
}

export const actorOf = (saga: string): string => `saga:${saga}`;

/** Makes the event that records a step. */
export function toEvents(saga: string, record: StepRecord, origin: StepOrigin): readonly EventToAppend[] {
  const { causationId, correlationId, traceparent } = origin;
  const context = { commandId: randomUUID(), correlationId, causationId, actor: actorOf(saga), repeatable: false };
  const stepped: Stepped = { type: `saga.${saga}.stepped.v1`, data: record };
  return eventsToAppend(traceparent === undefined ? context : { ...context, traceparent }, [stepped]);
}

/** Leaves out of commands what the step's metadata has: the step of a big cart has hundreds of them. */
export function toRecorded(commands: Iterable<SentCommand>, origin: StepOrigin): readonly RecordedCommand[] {
  const records: RecordedCommand[] = [];
  for (const sent of commands) {
    const { causationId, correlationId, ...recorded } = sent;
    const isRepeated = causationId === origin.causationId && correlationId === origin.correlationId;
    records.push(isRepeated ? recorded : sent);
  }
  return records;
}

/** Adds the ids that the record of a command left out. */
export function sentCommand(recorded: RecordedCommand, { metadata }: RecordedEvent): SentCommand {
  const { correlationId } = metadata;
  const causationId = metadata.causationId ?? metadata.commandId;
  return { causationId, correlationId, ...recorded };
}

/** Reads a step back: only the runner writes streams of the category `saga`. */
export const recordOf = (event: RecordedEvent): StepRecord => asEvent<Stepped>(event).data;
