import type { EventStore } from '../../event-store/index.js';
import { recordOf } from './instance-store.js';
import type { AnySaga } from './saga.js';
import { stateAfter, type SagaState } from './standing.js';

/** How an instance stands by its last recorded step, and what a person may ask of it then. */
export interface SagaStanding {
  /** How many steps are recorded of it. */
  readonly version: number;
  readonly state: SagaState;
  /** The order in its state; null where that names none. */
  readonly orderId: string | null;
  /** Something is unanswered, or is to be tried again. */
  readonly mayRetry: boolean;
  /** It can be brought to its failing end from here. */
  readonly mayCompensate: boolean;
}

/** Tells how instances stand. Asks the log, as what is decided by it must not be old. */
export interface SagaStandings {
  /** Null where no step is recorded, or there is no such saga. */
  of(saga: string, id: string): Promise<SagaStanding | null>;
}

/** Injection token of the standings. */
export const SAGA_STANDINGS = Symbol('SagaStandings');

export function createSagaStandings(sagas: readonly AnySaga[], log: Pick<EventStore, 'read'>): SagaStandings {
  const byName = new Map(sagas.map((saga) => [saga.name, saga]));
  return {
    of: async (name, id) => {
      const saga = byName.get(name);
      if (saga === undefined) return null;
      const stream = `saga-${name}-${id}`;
      for await (const event of log.read(stream, { direction: 'backwards', limit: 1 })) {
        const record = recordOf(event);
        const { state, done, sent, waiting } = record;
        const isUnanswered = [...sent, ...waiting].some(({ unawaited }) => unawaited !== true);
        return {
          version: event.revision + 1,
          state: stateAfter(record),
          orderId: 'orderId' in state && typeof state.orderId === 'string' ? state.orderId : null,
          mayRetry: !done && (isUnanswered || saga.repairs?.retry(state) === true),
          mayCompensate: !done && saga.repairs?.compensate(state) === true,
        };
      }
      return null;
    },
  };
}
