import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../domain/shared/index.js';
import type { EventToAppend, Position, RecordedEvent } from '../../infra/event-store/index.js';
import type { SagaCommand } from '../saga.js';

/** A command with the id under which it is sent, also when it is sent again. */
export type SentCommand = SagaCommand & {
  readonly commandId: string;
  /** Id of the business event that made the saga send it. */
  readonly causationId: string;
  readonly correlationId: string;
};

/** As it is recorded: without the ids that are those of the step's own metadata. */
export type RecordedCommand = SagaCommand & {
  readonly commandId: string;
  readonly causationId?: string;
  readonly correlationId?: string;
};

/** What was taken in: enough to find it again, never its content. */
export type TakenInput =
  | { readonly event: string; readonly type: string }
  | { readonly reply: string; readonly outcome: string; readonly code?: string }
  | { readonly timeout: string };

/**
 * Data of `saga.{name}.stepped.v1`, the one event type of a saga's stream: inbox, state and outbox in one. The last one
 * of a stream is all that is needed to go on. Never edit its shape, add a version.
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
  /** Position of the last event taken; earlier ones are known. */
  readonly position: Position | null;
  /** UUID that the ids of the commands derive from: of the event that started it and the stream. */
  readonly seed: string;
  /** When the first step was taken, RFC 3339 UTC; absent in a first step, whose `now` it is. */
  readonly since?: string;
}

/** Whom a step is recorded for. */
export interface StepOrigin {
  readonly causationId: string;
  readonly correlationId: string;
  readonly traceparent: string | undefined;
}

export const steppedType = (saga: string): string => `saga.${saga}.stepped.v1`;
export const actorOf = (saga: string): string => `saga:${saga}`;

export function toEvent(saga: string, record: StepRecord, origin: StepOrigin): EventToAppend {
  const id = randomUUID();
  const { causationId, correlationId, traceparent } = origin;
  const metadata = { commandId: id, correlationId, causationId, actor: actorOf(saga) };
  return {
    id,
    type: steppedType(saga),
    data: record as object as JsonObject,
    metadata: traceparent === undefined ? metadata : { ...metadata, traceparent },
  };
}

/** Leaves out what the metadata says anyway: a big cart's step has hundreds of commands. */
export function withoutRepetition(sent: SentCommand, origin: StepOrigin): RecordedCommand {
  if (sent.causationId !== origin.causationId || sent.correlationId !== origin.correlationId) return sent;
  const { causationId: _cause, correlationId: _correlation, ...recorded } = sent;
  return recorded;
}

/** The command with the ids that its record left out. */
export function sentCommand(recorded: RecordedCommand, { metadata }: RecordedEvent): SentCommand {
  const { correlationId } = metadata;
  const causationId = metadata.causationId ?? metadata.commandId;
  return { causationId, correlationId, ...recorded };
}

/** Only this runner writes the category `saga`, and its types are versioned: what is there has this shape. */
export const recordOf = (event: RecordedEvent): StepRecord => event.data as object as StepRecord;
