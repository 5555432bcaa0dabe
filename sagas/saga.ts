import type { Refusal } from '../domain/shared/index.js';
import type { RecordedEvent } from '../infra/event-store/index.js';
import type { TargetedCommand } from './targets.js';

/** A command that a step sends. `key` names it within the saga (`reserve:SKU`) and never changes its meaning. */
export type SagaCommand = TargetedCommand & {
  readonly key: string;
  /** Id of the business event that it goes back to, where that is an earlier one than the input's. */
  readonly causationId?: string;
};

/** A timer; setting the same key again moves it, `null` takes it away. */
export interface SagaTimer {
  readonly key: string;
  /** RFC 3339 UTC; null cancels. */
  readonly due: string | null;
}

/** What a command came to. `unknown`: an effect got no definite answer; sending it again is the saga's decision. */
export type CommandReply =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'unknown'; readonly detail: string };

export type SagaInput = SagaMessage & {
  /** Id of the business event behind it: itself, what the command recorded or else was sent for, the last step's. */
  readonly cause: string;
};

export type SagaMessage =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  | { readonly kind: 'reply'; readonly key: string; readonly reply: CommandReply }
  | { readonly kind: 'timeout'; readonly key: string };

/**
 * What an input leads to. `state` is the state after it; the very same object with nothing else says that the input
 * changes nothing, and then it is not recorded. `done` ends the saga: timers fall away, later inputs are ignored.
 *
 * `unrecorded`: the log says it already. After a crash the event is handed over again, or the command is sent again and
 * answered the same, and leads to the same step. So it can be said of a first step that follows from its event alone, and
 * of later ones that neither send nor set anything; the next record holds them.
 */
export interface SagaStep<State extends object> {
  readonly state: State;
  /** A key that is still unanswered takes the place of the earlier command, whose answer is then ignored. */
  readonly commands?: readonly SagaCommand[];
  readonly timers?: readonly SagaTimer[];
  readonly done?: boolean;
  readonly unrecorded?: boolean;
}

/**
 * A process manager as pure functions. State is plain JSON without personal data; it, the commands sent and not answered
 * and the timers are recorded in the stream `saga-{name}-{id}` before a command is sent, and read back after a crash. What
 * the log says already is not recorded: the event that begins a saga may be the record of its first step.
 *
 * An instance that waits for nothing but events costs nothing: it is read again when one comes. So a saga that may
 * still hear of something (a late authorisation) just does not say `done`.
 */
export interface Saga<State extends object> {
  readonly name: string;
  /** Event types it looks at. */
  readonly events: readonly string[];
  /** The instance that an event belongs to; null for none of its business. */
  readonly route: (event: RecordedEvent) => string | null;
  /** Whether this event may start an instance; any other is ignored where there is none. */
  readonly starts: (event: RecordedEvent) => boolean;
  readonly initialState: () => State;
  /** `now`: RFC 3339 UTC, the time at which the input was taken (recorded, so that the step can be replayed). */
  readonly react: (state: State, input: SagaInput, now: string) => SagaStep<State>;
}
