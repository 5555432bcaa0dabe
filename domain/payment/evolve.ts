import type {
  PaymentActionRequired,
  PaymentAuthorized,
  PaymentCaptured,
  PaymentCaptureFailed,
  PaymentCaptureRequested,
  PaymentEvent,
  PaymentRefundRequested,
  PaymentRequested,
} from './events.js';
import { isCaptured, isUnsettled } from './state.js';
import type { CapturedPayment, Payment, PaymentState, PaymentTerms } from './state.js';

/** Balances are folded from the facts; nothing is ever set by hand. Facts that do not fit the state change nothing. */
export function evolve(state: PaymentState, event: PaymentEvent): PaymentState {
  if (event.type === 'payment.requested.v1') return requested(event.data);
  if (state.status === 'none') return state;
  return isCaptured(state) ? evolveCaptured(state, event) : evolveHeld(state, event);
}

/** Until money is taken, if it ever is. */
function evolveHeld(state: HeldPayment, event: PaymentEvent): Payment {
  switch (event.type) {
    case 'payment.action-required.v1':
      return actionRequired(state, event.data);
    case 'payment.authorized.v1':
      return authorized(state, event.data);
    case 'payment.declined.v1':
      return { ...known(state, event.data.reference), status: 'declined', voidRequested: false, action: null };
    case 'payment.failed.v1':
      return isUnsettled(state) ? { ...state, status: 'failed', action: null } : state;
    case 'payment.capture-requested.v1':
      return captureRequested(state, event.data);
    case 'payment.captured.v1':
      return captured(state, event.data);
    case 'payment.capture-failed.v1':
      return captureFailed(state, event.data);
    case 'payment.void-requested.v1':
      return state.status === 'voided' ? state : { ...state, voidRequested: true };
    case 'payment.voided.v1':
      return { ...known(state, null), status: 'voided', wasAuthorized: state.status === 'authorized' };
    default:
      return state;
  }
}

type HeldPayment = Exclude<Payment, CapturedPayment>;

/** What stays true whatever happens. The first name that the provider gave counts: later facts have names of their own. */
const known = ({ terms, reference }: Payment, said: string | null) => ({ terms, reference: reference ?? said });

const requested = (data: PaymentRequested['data']): Payment => ({
  terms: termsOf(data),
  reference: null,
  status: 'requested',
  voidRequested: false,
  action: null,
});

const termsOf = ({ paymentId, orderId, amount, provider, personId }: PaymentRequested['data']): PaymentTerms => ({
  paymentId,
  orderId,
  amount,
  provider,
  personId,
});

function actionRequired(state: HeldPayment, { reference, action }: PaymentActionRequired['data']): Payment {
  return isUnsettled(state) ? { ...state, ...known(state, reference), action } : state;
}

/** A void that is under way goes on: it may well be answered after the authorisation. */
const authorized = (state: HeldPayment, { amount, reference, expiresAt }: PaymentAuthorized['data']): Payment => ({
  ...known(state, reference),
  status: 'authorized',
  authorized: amount,
  expiresAt: expiresAt ?? null,
  voidRequested: isUnsettled(state) && state.voidRequested,
  capture: null,
});

function captureRequested(state: HeldPayment, data: PaymentCaptureRequested['data']): Payment {
  if (state.status !== 'authorized') return state;
  const { captureId, amount, idempotencyKey } = data;
  return { ...state, capture: { captureId, amount, idempotencyKey, failed: false } };
}

function captureFailed(state: HeldPayment, { captureId }: PaymentCaptureFailed['data']): Payment {
  if (state.status !== 'authorized' || state.capture?.captureId !== captureId) return state;
  return { ...state, capture: { ...state.capture, failed: true } };
}

const captured = (state: HeldPayment, { amount, authorized: stays }: PaymentCaptured['data']): Payment => ({
  ...known(state, null),
  status: 'captured',
  authorized: stays,
  captured: amount,
  captureKey: state.status === 'authorized' ? (state.capture?.idempotencyKey ?? null) : null,
  refunded: 0,
  promised: 0,
  refunds: new Map(),
  disputes: new Map(),
});

function evolveCaptured(state: CapturedPayment, event: PaymentEvent): CapturedPayment {
  switch (event.type) {
    case 'payment.refund-requested.v1':
      return refundRequested(state, event.data);
    case 'payment.refunded.v1':
      settle(state, event.data.refundId, 'succeeded');
      return refunded(state, state.refunded + event.data.amount.amount);
    case 'payment.refund-failed.v1':
      settle(state, event.data.refundId, 'failed');
      return { ...state, promised: state.promised - event.data.amount.amount };
    case 'payment.disputed.v1':
      state.disputes.set(event.data.reference, null);
      return { ...state };
    case 'payment.dispute-closed.v1':
      state.disputes.set(event.data.reference, event.data.outcome);
      return { ...state };
    default:
      return state;
  }
}

function refundRequested(state: CapturedPayment, data: PaymentRefundRequested['data']): CapturedPayment {
  const { refundId, amount, idempotencyKey } = data;
  state.refunds.set(refundId, { amount, idempotencyKey, status: 'requested' });
  return { ...state, promised: state.promised + amount.amount };
}

function settle({ refunds }: CapturedPayment, refundId: string, status: 'succeeded' | 'failed'): void {
  const refund = refunds.get(refundId);
  if (refund !== undefined) refunds.set(refundId, { ...refund, status });
}

const refunded = (state: CapturedPayment, total: number): CapturedPayment => ({
  ...state,
  refunded: total,
  status: total < state.captured.amount ? 'partially-refunded' : 'refunded',
});
