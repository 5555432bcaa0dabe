import type { JsonObject, Refusal } from '../../../domain/shared/index.js';
import type { RecordedEvent } from '../../event-store/index.js';
import type { CommandContext } from '../commands/index.js';

/** A command with the target that handles it; `id` is that of the aggregate instance, without the category. */
export interface AnyTargetedCommand {
  readonly target: string;
  readonly id: string;
  readonly command: { readonly type: string };
}

/** A command that a step sends. `key` names it within the saga (`reserve:SKU`) and never changes its meaning. */
export type SagaCommand<Targeted extends AnyTargetedCommand = AnyTargetedCommand> = Targeted & {
  readonly key: string;
  /** Id of the business event that it goes back to, where that is an earlier one than the input's. */
  readonly causationId?: string;
  /** Its answer changes nothing, so that no step records it; it is sent until it is answered all the same. */
  readonly unawaited?: true;
};

/** A command with the id under which it is sent, also when it is sent again. */
export type SentCommand = SagaCommand & {
  readonly commandId: string;
  /** Id of the business event that made the saga send it. */
  readonly causationId: string;
  readonly correlationId: string;
};

/** A timer; setting the same key again moves it, `null` takes it away. */
export interface SagaTimer {
  readonly key: string;
  /** RFC 3339 UTC; null cancels. */
  readonly due: string | null;
}

/** The outcome of a command. `unknown`: an effect got no definite answer; the saga decides whether to send the command again. */
export type CommandReply =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'unknown'; readonly detail: string };

/** The reply to a command of the saga. `cause`: id of the last event that the command recorded, or else was sent for. */
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

/** A command's reply, with the event that it goes back to. */
export interface Dispatched {
  readonly reply: CommandReply;
  /** Id of the last event that the command recorded, now or when it was sent before; null when it recorded none. */
  readonly lastEventId: string | null;
}

/** Carries out a command. It may throw: the command is then sent again, after a while, under the same id. */
export type Dispatch<Targeted extends AnyTargetedCommand = AnyTargetedCommand> = (
  command: SagaCommand<Targeted>,
  context: CommandContext,
) => Promise<Dispatched>;

/**
 * A step answers an input. `state` is the state after it; the very same object with nothing else says that the input
 * changes nothing, and then the step is not recorded. `done` ends the saga: timers fall away, later inputs are ignored.
 *
 * `unrecorded`: the log holds the step already. After a crash the event is handed over again, or the command is sent again and
 * answered the same, and leads to the same step. So it can be said of a first step that follows from its event alone, and
 * of later ones that neither send nor set anything; the next record holds them.
 *
 * `joint`: one append may record the step and what its one command records, where the store is joint: the command records
 * something before it does anything outside.
 */
export interface SagaStep<State extends object, Targeted extends AnyTargetedCommand = AnyTargetedCommand> {
  readonly state: State;
  /** A key that is still unanswered takes the place of the earlier command, whose answer is then ignored. */
  readonly commands?: readonly SagaCommand<Targeted>[];
  readonly timers?: readonly SagaTimer[];
  /** Keys of commands that the input has answered already: their own answers are not waited for any more. */
  readonly answered?: readonly string[];
  readonly done?: boolean;
  readonly unrecorded?: boolean;
  readonly joint?: boolean;
}

type AnyEvent = { readonly type: string; readonly data: object };
type DataOf<Event extends AnyEvent, Type> = Extract<Event, { readonly type: Type }>['data'];

/** An event that a saga takes: one of the log, or one that is about to be recorded (see `inline`). */
export type SagaEvent<Data = JsonObject> = Omit<RecordedEvent<Data>, 'position'>;

/** How a saga takes events of one type. */
export interface SagaReaction<State extends object, Data> {
  /** The instance that the event belongs to; null where the saga ignores it. */
  readonly id: (data: Data) => string | null;
  /** Whether the event may begin an instance; one that may not is ignored where there is no instance. */
  readonly begins?: (data: Data) => boolean;
  /**
   * Where the store is joint, the step may be taken before the event is recorded, and one append records both, as far as the
   * step's commands lead without asking anybody outside. Once it is in the log the event is handed over all the same, and must
   * lead to nothing then.
   */
  readonly inline?: true;
  /** Commands that wait to be sent again, as a store or their target was away, are sent at once. */
  readonly resends?: true;
  /** The event ends the instance in any state, so that a step of another runner need not be looked for. */
  readonly final?: true;
  readonly react: (state: State, event: SagaEvent<Data>, now: string) => SagaStep<State>;
}

/**
 * A saga is a process manager in pure functions. Its state is plain JSON without personal data; the stream `saga-{name}-{id}` records
 * state, unanswered commands and timers before a command is sent, and a crash is resumed from there. What the log holds already is
 * not recorded: the event that begins a saga may be the record of its first step.
 *
 * An instance that waits for nothing but events costs nothing: it is loaded again when one comes. So a saga that still waits for an
 * event that may never come (a late authorisation) is just not `done`.
 */
export interface Saga<State extends object, Event extends AnyEvent> {
  readonly name: string;
  readonly initialState: () => State;
  /** `Event` is the union of the domain events that it follows, each listed once. */
  readonly on: { readonly [Type in Event['type']]: SagaReaction<State, DataOf<Event, Type>> };
  /** `now`: RFC 3339 UTC, the time at which the input was taken (recorded, so that the step can be replayed). */
  readonly onReply: (state: State, reply: SagaReply, now: string) => SagaStep<State>;
  readonly onTimeout: (state: State, timeout: SagaTimeout, now: string) => SagaStep<State>;
  /** Whether it goes on only once a person does something; absent where it always goes on by itself. */
  readonly needsPerson?: (state: State) => boolean;
  /** What a person may ask of an instance beyond that unanswered commands are sent again; absent where that is all. */
  readonly repairs?: {
    /** Whether there is something to try again. */
    readonly retry: (state: State) => boolean;
    /** Whether it can be brought to its failing end from here. */
    readonly compensate: (state: State) => boolean;
  };
}

/** A saga of any type, as the runner has it. */
export type AnySaga = Saga<object, { readonly type: string; readonly data: JsonObject }>;

/** Erases the types of state and events: each is only ever given back its own state, and the log keeps types by name. */
export const anySaga = <State extends object, Event extends AnyEvent>(saga: Saga<State, Event>): AnySaga =>
  saga as Saga<State, Event> & AnySaga;
