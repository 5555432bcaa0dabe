import type { OrderRefundRequested } from '../../domain/order/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { paymentIdOf } from '../ids.js';
import type { Saga, SagaCommand, SagaInput, SagaStep } from '../saga.js';

export interface RefundState {
  readonly phase: 'new' | 'refunding' | 'failing';
  readonly orderId: string;
  readonly refundId: string;
}

type Step = SagaStep<RefundState>;
type Requested = OrderRefundRequested['data'];

const REFUND = 'refund';
const FAIL = 'fail-refund';

/** The step … */
const refund = ({ orderId, refundId, amount }: Requested): SagaCommand => ({
  key: REFUND,
  target: 'payment-gateway',
  id: paymentIdOf(orderId),
  command: { type: 'refund', refundId, amount },
});

/** … and its compensation: the amount may be asked for again. */
const failRefund = ({ orderId, refundId }: RefundState, code: string): SagaCommand => ({
  key: FAIL,
  target: 'order',
  id: orderId,
  command: { type: 'fail-refund', refundId, code },
});

function begin(state: RefundState, event: RecordedEvent): Step {
  if (state.phase !== 'new') return { state };
  // The event's type says what its data is.
  const requested = event.data as object as Requested;
  const { orderId, refundId } = requested;
  return { state: { phase: 'refunding', orderId, refundId }, commands: [refund(requested)] };
}

function onReply(state: RefundState, { key, reply }: SagaInput & { kind: 'reply' }): Step {
  if (state.phase === 'failing') return key === FAIL ? { state, done: true } : { state };
  if (state.phase !== 'refunding' || key !== REFUND) return { state };
  if (reply.outcome !== 'refused') return { state, done: true };
  return { state: { ...state, phase: 'failing' }, commands: [failRefund(state, reply.refusal.code)] };
}

/** Carries a refund that the order has decided on to the payment provider. Id: the refund's. */
export const refundSaga: Saga<RefundState> = {
  name: 'refund',
  events: ['order.refund-requested.v1'],
  route: ({ data }) => (typeof data['refundId'] === 'string' ? data['refundId'] : null),
  starts: () => true,
  initialState: () => ({ phase: 'new', orderId: '', refundId: '' }),
  react: (state, input) => {
    if (input.kind === 'event') return begin(state, input.event);
    return input.kind === 'reply' ? onReply(state, input) : { state };
  },
};
