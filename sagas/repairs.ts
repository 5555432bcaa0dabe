import type { OrderProcessCompensationRequested, OrderProcessRetryRequested } from '../domain/order/index.js';
import type { SagaEvent, SagaReaction } from '../infra/engine/sagas/index.js';
import type { SagaStep } from './saga.js';

/** Staff asks for a process of an order; each saga takes what is for an instance of its own. */
export type RepairRequested = OrderProcessRetryRequested | OrderProcessCompensationRequested;
type Requested = RepairRequested['data'];

type OnRepair<State extends object> = (state: State, event: SagaEvent<Requested>, now: string) => SagaStep<State>;

/**
 * The reactions of a saga to what staff asks for. On a retry whatever is unanswered is sent at once, and what waits for another time is
 * done now; where that is all, the step records that it was asked for. A saga that is not compensated ignores that it should be.
 */
export function repairsOf<State extends object>(
  saga: string,
  { retry, compensate }: { readonly retry?: OnRepair<State>; readonly compensate?: OnRepair<State> } = {},
): { readonly [Type in RepairRequested['type']]: SagaReaction<State, Requested> } {
  const id = ({ process, processId }: Requested): string | null => (process === saga ? processId : null);
  const nothing: OnRepair<State> = (state) => ({ state });
  return {
    'order.process-retry-requested.v1': {
      id,
      resends: true,
      react: (state, event, now) => noticed((retry ?? nothing)(state, event, now), state),
    },
    'order.process-compensation-requested.v1': {
      id,
      react: (state, event, now) => noticed((compensate ?? nothing)(state, event, now), state),
    },
  };
}

/** Another object has the step recorded, so that the person who asked sees that the process took notice of it. */
const noticed = <State extends object>(step: SagaStep<State>, before: State): SagaStep<State> =>
  step.state === before ? { ...step, state: { ...before } } : step;
