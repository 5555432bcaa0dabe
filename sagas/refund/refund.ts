import type { OrderRefundRequested } from '../../domain/order/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { anySaga, type CommandReply, type SagaReply } from '../../infra/engine/sagas/index.js';
import type { SagaCommand, SagaStep } from '../saga.js';

export interface RefundState {
  /** `failed`: the order needs a person, who may have it tried again. */
  readonly phase: 'new' | 'refunding' | 'failing' | 'failed' | 'withdrawing';
  readonly orderId: string;
  readonly refundId: string;
  /** Whether the order has been flagged for a failure of the refund. */
  readonly flagged: boolean;
}

type Step = SagaStep<RefundState>;
type Requested = OrderRefundRequested['data'];

const REFUND = 'refund';
const FAIL = 'fail-refund';
const WITHDRAW_FLAG = 'withdraw-flag';

/** Refunds at the provider and to gift cards … */
const refund = ({ orderId, refundId, amount, tenders }: Requested): SagaCommand => ({
  key: REFUND,
  target: 'payment-gateway',
  id: paymentIdOf(orderId),
  command: { type: 'refund', orderId, refundId, amount, ...(tenders === undefined ? {} : { tenders }) },
});

/** … or fails the refund: the amount may be refunded again, and the order is flagged for a person, … */
const failRefund = ({ orderId, refundId }: RefundState, code: string): SagaCommand => ({
  key: FAIL,
  target: 'order',
  id: orderId,
  command: { type: 'fail-refund', refundId, code },
});

/** … and withdraws the flag once a later try succeeds. */
const withdrawFlag = ({ orderId, refundId }: RefundState): SagaCommand => ({
  key: WITHDRAW_FLAG,
  target: 'order',
  id: orderId,
  command: { type: 'resolve-attention', code: 'PAYMENT.REFUND_FAILED', refundId },
});

/** Begins a refund, also again after it failed: the command is a new one then, with a new key at the provider. */
function begin(state: RefundState, requested: Requested): Step {
  // The refund may be requested again as soon as the order has the failure, which is before its reply is here.
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
