import type { JsonObject } from '../domain/shared/json.js';
import type { Refusal } from '../domain/shared/decider.js';
import type { RecordedEvent } from '../infra/event-store/index.js';

/** A command that a step sends. `key` names it within the saga (`reserve:SKU`) and never changes its meaning. */
export interface SagaCommand {
  readonly key: string;
  /** Which handler takes it: an aggregate's category, or an effect such as `payment-gateway`. */
  readonly target: string;
  /** Id of the aggregate instance (without its category). */
  readonly id: string;
  readonly command: { readonly type: string } & JsonObject;
}

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

export type SagaInput =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  | { readonly kind: 'reply'; readonly key: string; readonly reply: CommandReply }
  | { readonly kind: 'timeout'; readonly key: string };

/** What an input leads to. `state` is the state after it. `done` ends the saga: timers fall away, later inputs are ignored. */
export interface SagaStep<State extends object> {
  readonly state: State;
  readonly commands?: readonly SagaCommand[];
  readonly timers?: readonly SagaTimer[];
  readonly done?: boolean;
}

/**
 * A process manager as pure functions. State is plain JSON without personal data; it, the commands sent and not answered
 * and the timers are recorded in the stream `saga-{name}-{id}` before a command is sent, and read back after a crash.
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
