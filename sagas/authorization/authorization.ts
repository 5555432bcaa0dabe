import type { AttentionCode, OrderCancelled } from '../../domain/order/index.js';
import type { PaymentAuthorized, PaymentCaptured, PaymentVoided } from '../../domain/payment/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { anySaga, type SagaEvent, type SagaReply } from '../../infra/engine/sagas/index.js';
import { repairsOf, type RepairRequested } from '../repairs.js';
import type { SagaCommand, SagaStep } from '../saga.js';

export interface AuthorizationState {
  /**
   * `flagged`: the order needs a person before the authorisation expires; `lapsed`: it has expired; `withdrawing`: the flag is being
   * withdrawn.
   */
  readonly phase: 'new' | 'held' | 'flagged' | 'lapsed' | 'withdrawing';
  readonly orderId: string;
  readonly expiresAt: string;
}

type Step = SagaStep<AuthorizationState>;
type Authorized = SagaEvent<PaymentAuthorized['data']>;

const EXPIRING = 'expiring';
const FLAG = 'flag';
const WITHDRAW_FLAG = 'withdraw-flag';
const LAPSED = 'lapsed';
const CODE = 'PAYMENT.AUTHORIZATION_EXPIRING';
const GONE = 'PAYMENT.AUTHORIZATION_EXPIRED';

/** A flag gives a person a day before the expiry, or a seventh of the authorisation's time where that is less. */
const LONGEST_NOTICE_MS = 24 * 3_600_000;
const SHARE_OF_TIME = 7;

function noticeTime(authorizedAt: string, expiresAt: string): string {
  const end = Date.parse(expiresAt);
  const notice = Math.min(LONGEST_NOTICE_MS, Math.max(0, end - Date.parse(authorizedAt)) / SHARE_OF_TIME);
  return new Date(end - notice).toISOString();
}

/** Flags the order for a person … */
const flag = ({ orderId, expiresAt }: AuthorizationState): SagaCommand => ({
  key: FLAG,
  unawaited: true,
  target: 'order',
  id: orderId,
  command: {
    type: 'need-attention',
    code: CODE,
    detail: `The money is held until ${expiresAt} and not taken yet; ship what is open, or cancel it, before that.`,
  },
});

/** … and withdraws the flag. */
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

/** Sets the timer. Money is held for days, and mostly nothing happens: so the step is not recorded, it follows from its event. */
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

/** Flags the order where the provider voided the payment by itself: what may still ship is not paid. */
function onVoided(state: AuthorizationState, { data }: SagaEvent<PaymentVoided['data']>): Step {
  if (data.requested || state.phase === 'lapsed') return onSettled(state);
  const { orderId } = data;
  const commands = [flagLapsed(orderId)];
  if (state.phase === 'flagged') commands.push({ ...withdraw('withdraw-expiring', orderId, CODE), unawaited: true });
  return { state: { ...state, orderId, phase: 'lapsed' }, commands, timers: [{ key: EXPIRING, due: null }] };
}

/** Withdraws the flag of an order that ships nothing. */
function onCancelled(state: AuthorizationState, { data }: SagaEvent<OrderCancelled['data']>): Step {
  if (state.phase !== 'lapsed' || !data.wholly) return { state };
  return { state: { ...state, phase: 'withdrawing' }, commands: [withdraw(WITHDRAW_FLAG, state.orderId, GONE)] };
}

function onReply(state: AuthorizationState, { key, reply }: SagaReply): Step {
  // An order that was never confirmed refuses the flag, and needs none.
  const isNeedless = key === LAPSED && reply.outcome === 'refused';
  // Another object, so that the step is recorded: the flag is not waited for any more.
  if (key === LAPSED && !isNeedless) return { state: { ...state } };
  return isNeedless || (state.phase === 'withdrawing' && key === WITHDRAW_FLAG) ? { state, done: true } : { state };
}

const payment = ({ paymentId }: { readonly paymentId: string }): string => paymentId;

type Followed = PaymentAuthorized | PaymentCaptured | PaymentVoided | OrderCancelled | RepairRequested;

/**
 * Watches an authorisation: it flags the order for a person before the provider voids the payment by itself, and once it has. It
 * authorises nothing anew. Id: the payment's.
 */
export const authorizationSaga = anySaga<AuthorizationState, Followed>({
  name: 'authorization',
  initialState: () => ({ phase: 'new', orderId: '', expiresAt: '' }),
  on: {
    'payment.authorized.v1': {
      // An authorisation without an expiry needs no watch: no instance is loaded for it.
      id: ({ paymentId, expiresAt }) => (expiresAt === undefined ? null : paymentId),
      begins: ({ expiresAt }) => expiresAt !== undefined,
      react: onAuthorized,
    },
    'payment.captured.v1': { id: payment, react: onSettled },
    'payment.voided.v1': {
      id: payment,
      begins: ({ requested, amount }) => !requested && amount.amount > 0,
      react: onVoided,
    },
    ...repairsOf<AuthorizationState>('authorization'),
    'order.cancelled.v1': { id: ({ orderId }) => paymentIdOf(orderId), react: onCancelled },
  },
  onReply,
  needsPerson: ({ phase }) => phase === 'flagged' || phase === 'lapsed',
  onTimeout: (state) =>
    state.phase === 'held' ? { state: { ...state, phase: 'flagged' }, commands: [flag(state)] } : { state },
});
