import type { RecordedEvent } from '../../event-store/index.js';
import type { Position } from '../../shared/position.js';
import type { Explains } from './explains.js';

type AnyEvent = { readonly type: string; readonly data: object };
type Recorded<Event extends AnyEvent> = Event extends AnyEvent ? RecordedEvent<Event['data'], Event['type']> : never;

/**
 * A read model that is kept nowhere: its document is folded from one stream when it is asked for. For streams that are
 * short and read by id; what is listed, searched or reported is stored. A writer sees its own write at once.
 */
export interface LiveModel<State, Doc extends object> {
  readonly name: string;
  /** The stream of a document is `${category}-${id}`. */
  readonly category: string;
  readonly initialState: () => State;
  /** Takes ownership of the state and may change it in place. */
  readonly evolve: (state: State, event: RecordedEvent) => State;
  /**
   * Null where the events say that there is none. `version` and `position` are those of the last event: -1 and null where there is
   * none yet. @throws where they make no document
   */
  readonly show: (state: State, version: number, position: Position | null) => Doc | null;
  /** How the fields of what is shown came about; absent where nobody is told. */
  readonly explains?: Explains;
}

interface Fold<State, Event extends AnyEvent, Doc extends object> extends Omit<LiveModel<State, Doc>, 'evolve'> {
  readonly evolve: (state: State, event: Recorded<Event>) => State;
}

/** Forgets the event types, as what is folded comes from the log, whose types are kept by name. */
export const liveModel = <State, Event extends AnyEvent, Doc extends object>(
  model: Fold<State, Event, Doc>,
): LiveModel<State, Doc> => ({ ...model, evolve: (state, event) => model.evolve(state, event as Recorded<Event>) });
