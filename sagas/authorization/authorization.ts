import type { PaymentAuthorized, PaymentCaptured, PaymentVoided } from '../../domain/payment/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { anySaga, type SagaCommand, type SagaStep } from '../saga.js';

export interface AuthorizationState {
  /** `flagged`: the order needs a person; `withdrawing`: not any more, which the order is being told. */
  readonly phase: 'new' | 'held' | 'flagged' | 'withdrawing';
  readonly orderId: string;
  readonly expiresAt: string;
}

type Step = SagaStep<AuthorizationState>;
type Authorized = RecordedEvent<PaymentAuthorized['data']>;

const EXPIRING = 'expiring';
const FLAG = 'flag';
const WITHDRAW_FLAG = 'withdraw-flag';
const CODE = 'PAYMENT.AUTHORIZATION_EXPIRING';

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
const withdrawFlag = ({ orderId }: AuthorizationState): SagaCommand => ({
  key: WITHDRAW_FLAG,
  target: 'order',
  id: orderId,
  command: { type: 'resolve-attention', code: CODE },
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
  return { state: { ...state, phase: 'withdrawing' }, commands: [withdrawFlag(state)] };
}

const payment = ({ paymentId }: { readonly paymentId: string }): string => paymentId;
const settled = { id: payment, react: onSettled };

/**
 * Watches over money that is held: before the provider lets it go by itself, the order says that a person is needed. It
 * authorises nothing anew. Id: the payment's.
 */
export const authorizationSaga = anySaga<AuthorizationState, PaymentAuthorized | PaymentCaptured | PaymentVoided>({
  name: 'authorization',
  initialState: () => ({ phase: 'new', orderId: '', expiresAt: '' }),
  on: {
    'payment.authorized.v1': {
      id: payment,
      begins: ({ expiresAt }) => expiresAt !== undefined,
      react: onAuthorized,
    },
    'payment.captured.v1': settled,
    'payment.voided.v1': settled,
  },
  onReply: (state, { key }) =>
    state.phase === 'withdrawing' && key === WITHDRAW_FLAG ? { state, done: true } : { state },
  onTimeout: (state) =>
    state.phase === 'held' ? { state: { ...state, phase: 'flagged' }, commands: [flag(state)] } : { state },
});
