import type { PaymentAuthorized } from '../../domain/payment/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { Saga, SagaCommand, SagaStep } from '../saga.js';

export interface AuthorizationState {
  /** `flagged`: the order needs a person; `withdrawing`: not any more, which the order is being told. */
  readonly phase: 'new' | 'held' | 'flagged' | 'withdrawing';
  readonly orderId: string;
  readonly expiresAt: string;
}

type Step = SagaStep<AuthorizationState>;
type Authorized = PaymentAuthorized['data'];

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

function onEvent(state: AuthorizationState, event: RecordedEvent): Step {
  return event.type === 'payment.authorized.v1' ? onAuthorized(state, event) : onSettled(state);
}

/** Money is held for days, and mostly nothing happens: that a timer waits for it follows from the event alone. */
function onAuthorized(state: AuthorizationState, event: RecordedEvent): Step {
  // The event's type says what its data is.
  const { orderId, expiresAt } = event.data as object as Authorized;
  if (state.phase !== 'new' || expiresAt === undefined) return { state };
  const timers = [{ key: EXPIRING, due: noticeTime(event.at, expiresAt) }];
  return { state: { phase: 'held', orderId, expiresAt }, timers, unrecorded: true };
}

function onSettled(state: AuthorizationState): Step {
  if (state.phase === 'held') return { state, done: true, unrecorded: true };
  if (state.phase !== 'flagged') return { state };
  return { state: { ...state, phase: 'withdrawing' }, commands: [withdrawFlag(state)] };
}

/**
 * Watches over money that is held: before the provider lets it go by itself, the order says that a person is needed. It
 * authorises nothing anew. Id: the payment's.
 */
export const authorizationSaga: Saga<AuthorizationState> = {
  name: 'authorization',
  events: ['payment.authorized.v1', 'payment.captured.v1', 'payment.voided.v1'],
  route: ({ data }) => (typeof data['paymentId'] === 'string' ? data['paymentId'] : null),
  starts: ({ type, data }) => type === 'payment.authorized.v1' && typeof data['expiresAt'] === 'string',
  initialState: () => ({ phase: 'new', orderId: '', expiresAt: '' }),
  react: (state, input) => {
    if (input.kind === 'event') return onEvent(state, input.event);
    if (input.kind === 'timeout') {
      return state.phase === 'held' ? { state: { ...state, phase: 'flagged' }, commands: [flag(state)] } : { state };
    }
    return state.phase === 'withdrawing' && input.key === WITHDRAW_FLAG ? { state, done: true } : { state };
  },
};
