import type { AttentionCode, OrderCancelled } from '../../domain/order/index.js';
import type { PaymentAuthorized, PaymentCaptured, PaymentVoided } from '../../domain/payment/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { paymentIdOf } from '../ids.js';
import { anySaga, type SagaCommand, type SagaReply, type SagaStep } from '../saga.js';

export interface AuthorizationState {
  /**
   * `flagged`: the order needs a person before the money is gone; `lapsed`: it is; `withdrawing`: nobody is needed any more,
   * which the order is being told.
   */
  readonly phase: 'new' | 'held' | 'flagged' | 'lapsed' | 'withdrawing';
  readonly orderId: string;
  readonly expiresAt: string;
}

type Step = SagaStep<AuthorizationState>;
type Authorized = RecordedEvent<PaymentAuthorized['data']>;

const EXPIRING = 'expiring';
const FLAG = 'flag';
const WITHDRAW_FLAG = 'withdraw-flag';
const LAPSED = 'lapsed';
const CODE = 'PAYMENT.AUTHORIZATION_EXPIRING';
const GONE = 'PAYMENT.AUTHORIZATION_EXPIRED';

/** A person has a day to do something, or a seventh of the time where that is less. */
const LONGEST_NOTICE_MS = 24 * 3_600_000;
const SHARE_OF_TIME = 7;

function noticeTime(authorizedAt: string, expiresAt: string): string {
  const end = Date.parse(expiresAt);
  const notice = Math.min(LONGEST_NOTICE_MS, Math.max(0, end - Date.parse(authorizedAt)) / SHARE_OF_TIME);
  return new Date(end - notice).toISOString();
}

/** A person is needed … */
const flag = ({ orderId, expiresAt }: AuthorizationState): SagaCommand => ({
  key: FLAG,
  target: 'order',
  id: orderId,
  command: {
    type: 'need-attention',
    code: CODE,
    detail: `The money is held until ${expiresAt} and not taken yet; ship what is open, or cancel it, before that.`,
  },
});

/** … and is not any more. */
const withdraw = (key: string, orderId: string, code: AttentionCode): SagaCommand => ({
  key,
  target: 'order',
  id: orderId,
  command: { type: 'resolve-attention', code },
});

const flagLapsed = (orderId: string): SagaCommand => ({
  key: LAPSED,
  target: 'order',
  id: orderId,
  command: {
    type: 'need-attention',
    code: GONE,
    detail: 'The provider holds the money no more, and it was not taken; have the buyer pay anew, or cancel the order.',
  },
});

/** Money is held for days, and mostly nothing happens: that a timer waits for it follows from the event alone. */
function onAuthorized(state: AuthorizationState, { data, at }: Authorized): Step {
  const { orderId, expiresAt } = data;
  if (state.phase !== 'new' || expiresAt === undefined) return { state };
  const timers = [{ key: EXPIRING, due: noticeTime(at, expiresAt) }];
  return { state: { phase: 'held', orderId, expiresAt }, timers, unrecorded: true };
}

function onSettled(state: AuthorizationState): Step {
  if (state.phase === 'held') return { state, done: true, unrecorded: true };
  if (state.phase !== 'flagged') return { state };
  return { state: { ...state, phase: 'withdrawing' }, commands: [withdraw(WITHDRAW_FLAG, state.orderId, CODE)] };
}

/** Let go as we asked, or by the provider itself: then nobody is paid for what may still ship. */
function onVoided(state: AuthorizationState, { data }: RecordedEvent<PaymentVoided['data']>): Step {
  if (data.requested || state.phase === 'lapsed') return onSettled(state);
  const { orderId } = data;
  const commands = [flagLapsed(orderId)];
  if (state.phase === 'flagged') commands.push(withdraw('withdraw-expiring', orderId, CODE));
  return { state: { ...state, orderId, phase: 'lapsed' }, commands, timers: [{ key: EXPIRING, due: null }] };
}

/** Nothing ships, so that nothing is owed. */
function onCancelled(state: AuthorizationState, { data }: RecordedEvent<OrderCancelled['data']>): Step {
  if (state.phase !== 'lapsed' || !data.wholly) return { state };
  return { state: { ...state, phase: 'withdrawing' }, commands: [withdraw(WITHDRAW_FLAG, state.orderId, GONE)] };
}

function onReply(state: AuthorizationState, { key, reply }: SagaReply): Step {
  // An order that was never confirmed needs nobody.
  const isNeedless = key === LAPSED && reply.outcome === 'refused';
  return isNeedless || (state.phase === 'withdrawing' && key === WITHDRAW_FLAG) ? { state, done: true } : { state };
}

const payment = ({ paymentId }: { readonly paymentId: string }): string => paymentId;

type Followed = PaymentAuthorized | PaymentCaptured | PaymentVoided | OrderCancelled;

/**
 * Watches over money that is held: before the provider lets it go by itself, and once it has, the order says that a person
 * is needed. It authorises nothing anew. Id: the payment's.
 */
export const authorizationSaga = anySaga<AuthorizationState, Followed>({
  name: 'authorization',
  initialState: () => ({ phase: 'new', orderId: '', expiresAt: '' }),
  on: {
    'payment.authorized.v1': {
      id: payment,
      begins: ({ expiresAt }) => expiresAt !== undefined,
      react: onAuthorized,
    },
    'payment.captured.v1': { id: payment, react: onSettled },
    'payment.voided.v1': {
      id: payment,
      begins: ({ requested, amount }) => !requested && amount.amount > 0,
      react: onVoided,
    },
    'order.cancelled.v1': { id: ({ orderId }) => paymentIdOf(orderId), react: onCancelled },
  },
  onReply,
  onTimeout: (state) =>
    state.phase === 'held' ? { state: { ...state, phase: 'flagged' }, commands: [flag(state)] } : { state },
});
