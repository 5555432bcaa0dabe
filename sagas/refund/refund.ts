import type { OrderRefundRequested } from '../../domain/order/index.js';
import { paymentIdOf } from '../ids.js';
import { anySaga, type CommandReply, type SagaCommand, type SagaReply, type SagaStep } from '../saga.js';

export interface RefundState {
  /** `failed`: the order needs a person, who may have it tried again. */
  readonly phase: 'new' | 'refunding' | 'failing' | 'failed' | 'withdrawing';
  readonly orderId: string;
  readonly refundId: string;
  /** Whether the order was told before that it failed. */
  readonly flagged: boolean;
}

type Step = SagaStep<RefundState>;
type Requested = OrderRefundRequested['data'];

const REFUND = 'refund';
const FAIL = 'fail-refund';
const WITHDRAW_FLAG = 'withdraw-flag';

/** The step … */
const refund = ({ orderId, refundId, amount }: Requested): SagaCommand => ({
  key: REFUND,
  target: 'payment-gateway',
  id: paymentIdOf(orderId),
  command: { type: 'refund', refundId, amount },
});

/** … and its compensation: the amount may be asked for again, and the order needs a person, … */
const failRefund = ({ orderId, refundId }: RefundState, code: string): SagaCommand => ({
  key: FAIL,
  target: 'order',
  id: orderId,
  command: { type: 'fail-refund', refundId, code },
});

/** … until it comes to a good end after all. */
const withdrawFlag = ({ orderId, refundId }: RefundState): SagaCommand => ({
  key: WITHDRAW_FLAG,
  target: 'order',
  id: orderId,
  command: { type: 'resolve-attention', code: 'PAYMENT.REFUND_FAILED', refundId },
});

/** Also again, after it failed: the command is a new one, and so the provider's key is. */
function begin(state: RefundState, requested: Requested): Step {
  // The order may be asked again as soon as it knows of the failure, which is before its answer is here.
  if (state.phase === 'refunding' || state.phase === 'withdrawing') return { state };
  const { orderId, refundId } = requested;
  return { state: { ...state, phase: 'refunding', orderId, refundId }, commands: [refund(requested)] };
}

function onReply(state: RefundState, { key, reply }: SagaReply): Step {
  switch (state.phase) {
    case 'refunding':
      return key === REFUND ? onRefundReply(state, reply) : { state };
    case 'failing':
      return key === FAIL ? { state: { ...state, phase: 'failed' } } : { state };
    case 'withdrawing':
      return key === WITHDRAW_FLAG ? { state, done: true } : { state };
    default:
      return { state };
  }
}

function onRefundReply(state: RefundState, reply: CommandReply): Step {
  if (reply.outcome === 'refused') {
    return { state: { ...state, phase: 'failing', flagged: true }, commands: [failRefund(state, reply.refusal.code)] };
  }
  if (!state.flagged) return { state, done: true };
  return { state: { ...state, phase: 'withdrawing' }, commands: [withdrawFlag(state)] };
}

/** Carries a refund that the order has decided on to the payment provider. Id: the refund's. */
export const refundSaga = anySaga<RefundState, OrderRefundRequested>({
  name: 'refund',
  initialState: () => ({ phase: 'new', orderId: '', refundId: '', flagged: false }),
  on: {
    'order.refund-requested.v1': {
      id: ({ refundId }) => refundId,
      begins: () => true,
      react: (state, { data }) => begin(state, data),
    },
  },
  onReply,
  onTimeout: (state) => ({ state }),
});
