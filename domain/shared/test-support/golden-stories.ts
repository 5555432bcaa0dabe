import type { Decider, DomainEvent } from '../decider.js';

/** What a stream may have held, told by event names without version, and what its fold has to come to. */
export interface Story {
  readonly events: string;
  readonly outcome: object;
}

/** A context's fold, with stories that each of its events has a part in: `domain/{context}/test-support/golden-stories.ts`. */
export interface GoldenStories {
  /** Folds events as they come out of the store. */
  readonly fold: (events: readonly DomainEvent[]) => unknown;
  readonly stories: readonly Story[];
}

/** The log keeps types by name: what the store hands out is taken for the decider's event, as at run time. */
export const foldOf =
  <State, Command, Event extends DomainEvent>({ initialState, evolve }: Decider<State, Command, Event>) =>
  (events: readonly DomainEvent[]): State =>
    events.reduce((state, event) => evolve(state, event as Event), initialState());
