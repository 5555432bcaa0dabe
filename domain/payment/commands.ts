import type { Money } from '../shared/money.js';
import type { PaymentAction } from './events.js';

// `request-…` commands are decided before the provider is called. `record-…` commands record what the provider reported, by its
// answer, by a webhook or when it was queried: the same command for all, satisfied when the fact is known.

/** Requests a payment. Refused `PAYMENT.CLOSED` when a void came before. */
export interface RequestPayment {
  readonly type: 'request-payment';
  readonly paymentId: string;
  readonly orderId: string;
  readonly tender: number;
  readonly attempt: number;
  readonly amount: Money;
  readonly provider: string;
  /** Code of the channel that the order was sold in; absent where it names none. */
  readonly channel?: string;
  readonly idempotencyKey: string;
  readonly personId: string;
  readonly token: string;
}

/** The provider's id of the operation; null where it gave none. */
interface Referenced {
  readonly reference: string | null;
  /** How long the provider took to answer; absent where it told by itself. */
  readonly durationMs?: number;
}
interface Why {
  readonly code: string;
  readonly detail: string;
}

/** Records what the buyer has to do, once for each action and only while the payment is unsettled. */
export interface RecordActionRequired extends Referenced {
  readonly type: 'record-action-required';
  readonly action: PaymentAction;
}
export interface RecordAuthorization extends Referenced {
  readonly type: 'record-authorization';
  /** The amount that the provider holds; the requested one where it is absent. */
  readonly amount?: Money;
  /** When the authorisation expires, RFC 3339 UTC; absent where the provider gives no time. */
  readonly expiresAt?: string;
}
export interface RecordDecline extends Referenced, Why {
  readonly type: 'record-decline';
}
/** Fails a payment whose provider did not answer in time; satisfied when the payment has a definite answer. */
export interface FailPayment extends Why {
  readonly type: 'fail-payment';
}
/** Requests a capture. Refused `PAYMENT.NOT_AUTHORIZED` and, above the authorised amount, `PAYMENT.CAPTURE_EXCEEDS_AUTHORIZED`. */
export interface RequestCapture {
  readonly type: 'request-capture';
  readonly captureId: string;
  readonly amount: Money;
  readonly idempotencyKey: string;
}
export interface RecordCapture extends Referenced {
  readonly type: 'record-capture';
}
export interface RecordCaptureFailure extends Referenced, Why {
  readonly type: 'record-capture-failure';
}
/**
 * Requests a void. Satisfied when nothing is held; refused `PAYMENT.ALREADY_CAPTURED` when the payment is captured. One that was never
 * requested is closed: a request that comes later, from a process that was slow, is refused.
 */
export interface RequestVoid {
  readonly type: 'request-void';
  readonly paymentId: string;
  readonly orderId: string;
  readonly idempotencyKey: string;
  readonly reason: string;
}
/** Records a void, also one that was not requested: a provider voids an authorisation that expires. */
export interface RecordVoid extends Referenced {
  readonly type: 'record-void';
}
/** Requests a refund. Refused `PAYMENT.REFUND_EXCEEDS_CAPTURED`. */
export interface RequestRefund {
  readonly type: 'request-refund';
  readonly refundId: string;
  readonly amount: Money;
  readonly idempotencyKey: string;
}
export interface RecordRefund extends Referenced {
  readonly type: 'record-refund';
  readonly refundId: string;
}
export interface RecordRefundFailure extends Referenced, Why {
  readonly type: 'record-refund-failure';
  readonly refundId: string;
}
/** Records a dispute of a captured payment, once for each dispute. */
export interface RecordDispute {
  readonly type: 'record-dispute';
  readonly reference: string;
  readonly amount: Money;
  readonly reason: string;
  readonly respondBy?: string;
}
export interface RecordDisputeClosed {
  readonly type: 'record-dispute-closed';
  readonly reference: string;
  readonly amount: Money;
  readonly outcome: 'won' | 'lost';
}

/** The commands that record a fact which the provider reported. */
export type RecordFact =
  | RecordActionRequired
  | RecordAuthorization
  | RecordDecline
  | RecordCapture
  | RecordCaptureFailure
  | RecordVoid
  | RecordRefund
  | RecordRefundFailure
  | RecordDispute
  | RecordDisputeClosed;

export type PaymentCommand = RequestPayment | FailPayment | RequestCapture | RequestVoid | RequestRefund | RecordFact;
