import type { Money } from '../shared/index.js';
import type { PaymentAction, PaymentDisputeClosed } from './events.js';

export type PaymentStatus =
  'requested' | 'authorized' | 'declined' | 'failed' | 'voided' | 'captured' | 'partially-refunded' | 'refunded';

/** What was asked for. */
export interface PaymentTerms {
  readonly paymentId: string;
  readonly orderId: string;
  /** The amount, and the currency of everything that follows. */
  readonly amount: Money;
  /** Whoever was asked is asked from then on, whoever takes new payments. */
  readonly provider: string;
  readonly personId: string;
}

interface OfPayment {
  readonly terms: PaymentTerms;
  /** What the provider calls the payment, as soon as it has said so. */
  readonly reference: string | null;
}

export interface NoPayment {
  readonly status: 'none';
}

/** Nothing is known to be held: the provider has not answered (`failed`: not in time), or said no. */
export interface UnsettledPayment extends OfPayment {
  readonly status: 'requested' | 'failed' | 'declined';
  /** The provider was asked to let go whatever it may hold. */
  readonly voidRequested: boolean;
  /** What the buyer has to do first. */
  readonly action: PaymentAction | null;
}

/** Money is held. */
export interface AuthorizedPayment extends OfPayment {
  readonly status: 'authorized';
  readonly authorized: Money;
  /** When it is held no more unless it is captured, RFC 3339 UTC; null where the provider did not say. */
  readonly expiresAt: string | null;
  readonly voidRequested: boolean;
  /** The last capture that was asked for. */
  readonly capture: CaptureAttempt | null;
}

export interface CaptureAttempt {
  readonly captureId: string;
  readonly amount: Money;
  readonly idempotencyKey: string;
  /** The provider refused it for good; another one may be asked for. */
  readonly failed: boolean;
}

/** Nothing is held any more. */
export interface VoidedPayment extends OfPayment {
  readonly status: 'voided';
  /** Whether money was known to be held before; if not, news of an authorisation is still news. */
  readonly wasAuthorized: boolean;
}

/** Money was taken. */
export interface CapturedPayment extends OfPayment {
  readonly status: 'captured' | 'partially-refunded' | 'refunded';
  /** What stayed authorised; a final capture lets the rest go. */
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

export const isCaptured = (state: PaymentState): state is CapturedPayment =>
  state.status === 'captured' || state.status === 'partially-refunded' || state.status === 'refunded';

export const isUnsettled = (state: PaymentState): state is UnsettledPayment =>
  state.status === 'requested' || state.status === 'failed' || state.status === 'declined';
