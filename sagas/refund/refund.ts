import type { OrderRefundRequested } from '../../domain/order/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { anySaga, type CommandReply, type SagaEvent, type SagaReply } from '../../infra/engine/sagas/index.js';
import { reclaimCards, reinstateCards, type CardReclaims } from '../effects/ledger-commands.js';
import { repairsOf, type RepairRequested } from '../repairs.js';
import type { SagaCommand, SagaStep } from '../saga.js';

export interface RefundState {
  /** `failed`: the order needs a person, who may have it tried again. `reclaiming` and `reinstating` wait for gift cards. */
  readonly phase: 'new' | 'reclaiming' | 'refunding' | 'reinstating' | 'failing' | 'failed' | 'withdrawing';
  readonly orderId: string;
  readonly refundId: string;
  /** Whether the order has been flagged for a failure of the refund. */
  readonly flagged: boolean;
  /** What is taken off gift cards that were bought, before the money goes back; absent where nothing is. */
  readonly sale?: SaleRefund;
}

interface SaleRefund extends CardReclaims, Pick<Requested, 'amount' | 'tenders'> {
  /** Keys of commands that are not answered yet. */
  readonly waiting: readonly string[];
  /** Why it fails; null while it does not. */
  readonly code: string | null;
}

type Step = SagaStep<RefundState>;
type Requested = OrderRefundRequested['data'];

const REFUND = 'refund';
const FAIL = 'fail-refund';
const WITHDRAW_FLAG = 'withdraw-flag';

/** Refunds at the provider and to gift cards … */
const refund = ({
  orderId,
  refundId,
  amount,
  tenders,
}: Pick<Requested, 'orderId' | 'refundId' | 'amount' | 'tenders'>): SagaCommand => ({
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
function begin(before: RefundState, { id, data: requested }: SagaEvent<Requested>): Step {
  // The refund may be requested again as soon as the order has the failure, which is before its reply is here.
  if (!MAY_BEGIN.has(before.phase)) return { state: before };
  const { orderId, refundId, reclaims = [], amount, tenders } = requested;
  const { sale: _former, ...kept } = before;
  const state: RefundState = { ...kept, phase: 'refunding', orderId, refundId };
  if (reclaims.length === 0) return { state, commands: [refund(requested)] };
  const sale = { orderId, refundId, reclaimId: id, reclaims, amount, ...(tenders && { tenders }) };
  const commands = reclaimCards({ orderId, refundId, reclaimId: id, reclaims });
  return {
    state: { ...state, phase: 'reclaiming', sale: { ...sale, waiting: keysOf(commands), code: null } },
    commands,
  };
}

type Answered = Pick<SagaReply, 'key' | 'reply'>;

const MAY_BEGIN: ReadonlySet<RefundState['phase']> = new Set(['new', 'failing', 'failed']);

/** Gives a failed refund up: the order does not wait for a person any more. */
const giveUp = (state: RefundState): Step =>
  state.phase === 'failed' ? { state: { ...state, phase: 'withdrawing' }, commands: [withdrawFlag(state)] } : { state };

const keysOf = (commands: readonly SagaCommand[]): readonly string[] => commands.map(({ key }) => key);

/** Refunds once everything is off the cards; where one of them has too little, puts back what was taken. */
function onCardReply(state: RefundState, { key, reply }: Answered): Step {
  if (state.sale?.waiting.includes(key) !== true) return { state };
  const refusal = reply.outcome === 'refused' ? reply.refusal.code : null;
  const sale: SaleRefund = {
    ...state.sale,
    waiting: state.sale.waiting.filter((other) => other !== key),
    code: state.sale.code ?? refusal,
  };
  const next: RefundState = { ...state, sale };
  if (sale.waiting.length > 0) return { state: next };
  if (sale.code === null) return { state: { ...next, phase: 'refunding' }, commands: [refund(sale)] };
  return state.phase === 'reclaiming' ? reinstate(next, sale, sale.code) : fail(next, sale.code);
}

function reinstate(state: RefundState, sale: SaleRefund, code: string): Step {
  const { orderId, refundId, reclaimId, reclaims } = sale;
  const commands = reinstateCards({ orderId, refundId, reclaimId, reclaims });
  return {
    state: { ...state, phase: 'reinstating', sale: { ...sale, waiting: keysOf(commands), code } },
    commands,
  };
}

const fail = (state: RefundState, code: string): Step => ({
  state: { ...state, phase: 'failing', flagged: true },
  commands: [failRefund(state, code)],
});

function onReply(state: RefundState, { key, reply }: SagaReply): Step {
  switch (state.phase) {
    case 'reclaiming':
    case 'reinstating':
      return onCardReply(state, { key, reply });
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
    const { code } = reply.refusal;
    return state.sale === undefined ? fail(state, code) : reinstate(state, state.sale, code);
  }
  if (!state.flagged) return { state, done: true };
  return { state: { ...state, phase: 'withdrawing' }, commands: [withdrawFlag(state)] };
}

/**
 * Carries a refund that the order has decided on to the payment provider, once what is refunded of gift cards is off them. Id: the
 * refund's.
 */
export const refundSaga = anySaga<RefundState, OrderRefundRequested | RepairRequested>({
  name: 'refund',
  initialState: () => ({ phase: 'new', orderId: '', refundId: '', flagged: false }),
  on: {
    'order.refund-requested.v1': {
      id: ({ refundId }) => refundId,
      begins: () => true,
      react: begin,
    },
    // The order itself asks for a failed refund again, in one decision with the retry.
    ...repairsOf<RefundState>('refund', { compensate: giveUp }),
  },
  onReply,
  onTimeout: (state) => ({ state }),
  needsPerson: ({ phase }) => phase === 'failed',
  repairs: { retry: ({ phase }) => phase === 'failed', compensate: ({ phase }) => phase === 'failed' },
});
