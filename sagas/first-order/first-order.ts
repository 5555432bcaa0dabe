import type { OrderConfirmed } from '../../domain/order/index.js';
import { anySaga, type SagaEvent } from '../../infra/engine/sagas/index.js';
import { repairsOf, type RepairRequested } from '../repairs.js';
import type { SagaStep } from '../saga.js';

interface FirstOrderState {
  /** The customer is being told. */
  readonly isSent: boolean;
}

type Step = SagaStep<FirstOrderState>;

const NOTE = 'note-confirmed-order';

/** Follows from the event, which is its record: after a crash the event is handed over again. */
function onConfirmed(state: FirstOrderState, { data }: SagaEvent<OrderConfirmed['data']>): Step {
  const { orderId, customerId } = data;
  if (customerId === undefined || state.isSent) return { state };
  const command = { type: NOTE, customerId, orderId } as const;
  const commands = [{ key: NOTE, target: 'customer', id: customerId, command } as const];
  return { state: { isSent: true }, commands, unrecorded: true };
}

/** Tells an account that an order of it is confirmed: after its first one it is new no more. Id: the order's. */
export const firstOrderSaga = anySaga<FirstOrderState, OrderConfirmed | RepairRequested>({
  name: 'first-order',
  initialState: () => ({ isSent: false }),
  on: {
    'order.confirmed.v1': {
      id: ({ orderId, customerId }) => (customerId === undefined ? null : orderId),
      begins: () => true,
      react: onConfirmed,
    },
    ...repairsOf<FirstOrderState>('first-order'),
  },
  onReply: (state, { key }) => (key === NOTE ? { state, done: true, unrecorded: true } : { state }),
  onTimeout: (state) => ({ state }),
});
