import type { Position } from '../../shared/position.js';
import type { CommandReply, SagaCommand } from './saga.js';

/** A command as it is recorded: without the ids that the step's own metadata has. */
export type RecordedCommand = SagaCommand & {
  readonly commandId: string;
  readonly causationId?: string;
  readonly correlationId?: string;
};

/** An input that a step took: enough to find it again, never its content. */
export type TakenInput =
  | { readonly event: string; readonly type: string }
  | { readonly reply: string; readonly outcome: CommandReply['outcome']; readonly code?: string }
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
  /** It goes on only once a person does something; absent where it does not need one. */
  readonly stuck?: true;
  /** Position of the last event taken; earlier ones are ignored. */
  readonly position: Position | null;
  /** UUID that the ids of the commands derive from: of the event that started it and the stream. */
  readonly seed: string;
  /** When the first step was taken, RFC 3339 UTC; absent in a first step, whose `now` it is. */
  readonly since?: string;
}

/** The event of a saga's stream. */
export interface Stepped<Name extends string = string> {
  readonly type: `saga.${Name}.stepped.v1`;
  readonly data: StepRecord;
}
