import type { Money } from '../shared/index.js';
import type {
  PaymentAction,
  PaymentActionRequired,
  PaymentAuthorized,
  PaymentCaptured,
  PaymentCaptureFailed,
  PaymentCaptureRequested,
  PaymentDisputeClosed,
  PaymentEvent,
  PaymentRefundRequested,
  PaymentRequested,
} from './events.js';

export type PaymentStatus =
  | 'requested'
  | 'authorized'
  | 'declined'
  | 'failed'
  | 'voided'
  | 'captured'
  | 'partially-refunded'
  | 'refunded';

/** The payment as it was requested. */
export interface PaymentTerms {
  readonly paymentId: string;
  readonly orderId: string;
  /** From 1: which part of the order's total it is for, and which try at it. */
  readonly tender: number;
  readonly attempt: number;
  /** The amount, and the currency of everything that follows. */
  readonly amount: Money;
  /** The provider of all operations on this payment, whichever takes new payments. */
  readonly provider: string;
  /** Where the order was sold, for the events that reports count. */
  readonly channel?: string;
  readonly personId: string;
}

interface OfPayment {
  readonly terms: PaymentTerms;
  /** The provider's id of the payment; null before it gave one. */
  readonly reference: string | null;
}

/** No money was requested; where the payment is closed, none will be. */
export interface NoPayment {
  readonly status: 'none';
  readonly closed: boolean;
}

/** No authorisation is known: the provider has not answered (`failed`: not in time), or declined. */
export interface UnsettledPayment extends OfPayment {
  readonly status: 'requested' | 'failed' | 'declined';
  /** A void of whatever the provider may hold was requested. */
  readonly voidRequested: boolean;
  /** What the buyer has to do first. */
  readonly action: PaymentAction | null;
}

/** The provider holds an authorised amount. */
export interface AuthorizedPayment extends OfPayment {
  readonly status: 'authorized';
  readonly authorized: Money;
  /** When the authorisation expires, RFC 3339 UTC; null where the provider gave no time. */
  readonly expiresAt: string | null;
  readonly voidRequested: boolean;
  /** The capture that was requested last. */
  readonly capture: CaptureAttempt | null;
}

export interface CaptureAttempt {
  readonly captureId: string;
  readonly amount: Money;
  readonly idempotencyKey: string;
  /** The provider refused it for good; another one may be requested. */
  readonly failed: boolean;
}

/** The authorisation was voided. */
export interface VoidedPayment extends OfPayment {
  readonly status: 'voided';
  /** Whether an authorisation was known before the void; where not, one that is reported later is recorded. */
  readonly wasAuthorized: boolean;
}

/** The payment was captured. */
export interface CapturedPayment extends OfPayment {
  readonly status: 'captured' | 'partially-refunded' | 'refunded';
  /** The amount that stayed authorised; a final capture voids the rest. */
  readonly authorized: Money;
  readonly captured: Money;
  readonly captureKey: string | null;
  /** Sum of the refunds that succeeded, minor units. */
  readonly refunded: number;
  /** Sum of the refunds that succeeded or may yet, minor units; never above captured. */
  readonly promised: number;
  readonly refunds: Map<string, Refund>;
  /** By the provider's reference: how each ended, null while it is open. */
  readonly disputes: Map<string, PaymentDisputeClosed['data']['outcome'] | null>;
}

export interface Refund {
  readonly amount: Money;
  /** Of the last time that it was asked for. */
  readonly idempotencyKey: string;
  readonly status: 'requested' | 'succeeded' | 'failed';
}

/** authorised ≥ captured ≥ refunded ≥ 0 in every one of them. */
export type PaymentState = NoPayment | Payment;
export type Payment = UnsettledPayment | AuthorizedPayment | VoidedPayment | CapturedPayment;

export const initialState = (): PaymentState => ({ status: 'none', closed: false });

export const isCaptured = (state: PaymentState): state is CapturedPayment =>
  state.status === 'captured' || state.status === 'partially-refunded' || state.status === 'refunded';

export const isUnsettled = (state: PaymentState): state is UnsettledPayment =>
  state.status === 'requested' || state.status === 'failed' || state.status === 'declined';

/** Folds the balances from the facts. A fact that does not fit the state changes nothing. */
export function evolve(state: PaymentState, event: PaymentEvent): PaymentState {
  if (event.type === 'payment.requested.v1') return requested(event.data);
  if (state.status === 'none') return event.type === 'payment.closed.v1' ? { ...state, closed: true } : state;
  return isCaptured(state) ? evolveCaptured(state, event) : evolveHeld(state, event);
}

/** Folds a payment that is not captured. */
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

/** Keeps the members of every status. The provider's first id is that of the payment: later facts have ids of their own. */
const known = ({ terms, reference }: Payment, said: string | null) => ({ terms, reference: reference ?? said });

const requested = (data: PaymentRequested['data']): Payment => ({
  terms: termsOf(data),
  reference: null,
  status: 'requested',
  voidRequested: false,
  action: null,
});

function termsOf({ paymentId, orderId, tender, attempt, ...asked }: PaymentRequested['data']): PaymentTerms {
  const { amount, provider, channel, personId } = asked;
  const place = channel === undefined ? {} : { channel };
  return { paymentId, orderId, tender, attempt, amount, provider, ...place, personId };
}

function actionRequired(state: HeldPayment, { reference, action }: PaymentActionRequired['data']): Payment {
  return isUnsettled(state) ? { ...state, ...known(state, reference), action } : state;
}

/** Keeps a void that was requested: the provider may answer it after the authorisation. */
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
