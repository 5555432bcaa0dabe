import type { JsonObject } from './json.js';

/** A fact that the domain records; the store adds id, stream, revision, position and time. */
export interface DomainEvent<Type extends string = string, Data extends object = object> {
  /** Versioned name, `context.past-tense.vN`. */
  readonly type: Type;
  readonly data: Data;
}

/** A business refusal: a value with a stable code, never an exception; plain JSON. */
export type Refusal = {
  /** Stable code of the error catalogue, such as `CART.NOT_OPEN`. */
  readonly code: string;
  /** One sentence for the person who reads it; no personal data. */
  readonly detail: string;
  /** Members that the problem document carries besides the standard ones, such as `changes`. */
  readonly extra?: JsonObject;
};

export interface Refused {
  readonly accepted: false;
  readonly refusal: Refusal;
}

export type Decision<Event> = { readonly accepted: true; readonly events: readonly Event[] } | Refused;

/** Accepts a command; no events means that it was satisfied already. */
export const accept = <Event>(...events: readonly Event[]): Decision<Event> => ({ accepted: true, events });

/** Refuses a command for a business reason. */
export const refuse = (code: string, detail: string, extra?: JsonObject): Refused => ({
  accepted: false,
  refusal: extra === undefined ? { code, detail } : { code, detail, extra },
});

/**
 * An aggregate as three pure functions. `decide` never throws for a business reason. `evolve` takes ownership of the
 * state it is given and may change it in place (so that folding stays O(1) in the size of the state); `decide` must not.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initialState: () => State;
  readonly decide: (command: Command, state: State) => Decision<Event>;
  readonly evolve: (state: State, event: Event) => State;
}

/**
 * What the write-side needs besides the decider to keep an aggregate: its stream category, and for long streams how its
 * folded state is written to and read from a snapshot. The stream of an instance is `${category}-${id}`.
 */
export interface Aggregate<State, Command, Event extends DomainEvent> {
  readonly category: string;
  readonly decider: Decider<State, Command, Event>;
  readonly snapshot?: {
    /** Raised when the shape of the snapshot changes; an older one is then ignored. */
    readonly version: number;
    readonly write: (state: State) => JsonObject;
    readonly read: (json: JsonObject) => State;
  };
}

export const streamOf = (category: string, id: string): string => `${category}-${id}`;
