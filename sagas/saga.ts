import type { JsonObject, Refusal } from '../domain/shared/index.js';
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

/** What a command of the saga came to. `cause`: id of the last event that the command recorded, or else was sent for. */
export interface SagaReply {
  readonly key: string;
  readonly reply: CommandReply;
  readonly cause: string;
}

/** A timer that fired. `cause`: id of the business event behind the last step. */
export interface SagaTimeout {
  readonly key: string;
  readonly cause: string;
}

/**
 * What an input leads to. `state` is the state after it; the very same object with nothing else says that the input
 * changes nothing, and then it is not recorded. `done` ends the saga: timers fall away, later inputs are ignored.
 *
 * `unrecorded`: the log says it already. After a crash the event is handed over again, or the command is sent again and
 * answered the same, and leads to the same step. So it can be said of a first step that follows from its event alone, and
 * of later ones that neither send nor set anything; the next record holds them.
 *
 * `joint`: the step's one command records something before it does anything outside, and the step may be recorded in one go
 * with that, where the store can.
 */
export interface SagaStep<State extends object> {
  readonly state: State;
  /** A key that is still unanswered takes the place of the earlier command, whose answer is then ignored. */
  readonly commands?: readonly SagaCommand[];
  readonly timers?: readonly SagaTimer[];
  readonly done?: boolean;
  readonly unrecorded?: boolean;
  readonly joint?: boolean;
}

type AnyEvent = { readonly type: string; readonly data: object };
type DataOf<Event extends AnyEvent, Type> = Extract<Event, { readonly type: Type }>['data'];

/** How one event type enters a saga. */
export interface SagaReaction<State extends object, Data> {
  /** The instance that the event belongs to; null for none of the saga's business. */
  readonly id: (data: Data) => string | null;
  /** Whether it may begin an instance; where it may not, it is ignored by instances that are not there. */
  readonly begins?: (data: Data) => boolean;
  readonly react: (state: State, event: RecordedEvent<Data>, now: string) => SagaStep<State>;
}

/**
 * A process manager as pure functions. State is plain JSON without personal data; it, the commands sent and not answered
 * and the timers are recorded in the stream `saga-{name}-{id}` before a command is sent, and read back after a crash. What
 * the log says already is not recorded: the event that begins a saga may be the record of its first step.
 *
 * An instance that waits for nothing but events costs nothing: it is read again when one comes. So a saga that may
 * still hear of something (a late authorisation) just does not say `done`.
 */
export interface Saga<State extends object, Event extends AnyEvent> {
  readonly name: string;
  readonly initialState: () => State;
  /** `Event` is the union of the domain events that it follows, each listed once. */
  readonly on: { readonly [Type in Event['type']]: SagaReaction<State, DataOf<Event, Type>> };
  /** `now`: RFC 3339 UTC, the time at which the input was taken (recorded, so that the step can be replayed). */
  readonly onReply: (state: State, reply: SagaReply, now: string) => SagaStep<State>;
  readonly onTimeout: (state: State, timeout: SagaTimeout, now: string) => SagaStep<State>;
}

/** Any saga, as the runner sees it. */
export type AnySaga = Saga<object, { readonly type: string; readonly data: JsonObject }>;

/** Forgets the types of state and events: each is only ever given back its own state, and the log keeps types by name. */
export const anySaga = <State extends object, Event extends AnyEvent>(saga: Saga<State, Event>): AnySaga =>
  saga as Saga<State, Event> & AnySaga;
