import type { Money } from '../shared/money.js';
import type { PaymentAction } from './events.js';

// Two kinds: what somebody wants (`request-…`, decided before the provider is called) and what the provider said
// (`record-…`: the same command whether it comes as the answer, as a webhook or by asking again; satisfied when known).

export interface RequestPayment {
  readonly type: 'request-payment';
  readonly paymentId: string;
  readonly orderId: string;
  readonly tender: number;
  readonly attempt: number;
  readonly amount: Money;
  readonly provider: string;
  readonly idempotencyKey: string;
  readonly personId: string;
  readonly token: string;
}

/** What the provider calls what it speaks of; null where it gave it no name. */
interface Referring {
  readonly reference: string | null;
}
interface Why {
  readonly code: string;
  readonly detail: string;
}

/** The buyer has to do something first; said once for each action, and only while nothing is settled. */
export interface RecordActionRequired extends Referring {
  readonly type: 'record-action-required';
  readonly action: PaymentAction;
}
export interface RecordAuthorization extends Referring {
  readonly type: 'record-authorization';
  /** What the provider holds; absent: what was asked for. */
  readonly amount?: Money;
  /** When the provider lets the money go by itself, RFC 3339 UTC; absent where it does not say. */
  readonly expiresAt?: string;
}
export interface RecordDecline extends Referring, Why {
  readonly type: 'record-decline';
}
/** Gives up waiting; satisfied when the payment has a definite answer. */
export interface FailPayment extends Why {
  readonly type: 'fail-payment';
}
/** Refused `PAYMENT.NOT_AUTHORIZED` unless authorised; an amount over the authorised `PAYMENT.CAPTURE_EXCEEDS_AUTHORIZED`. */
export interface RequestCapture {
  readonly type: 'request-capture';
  readonly captureId: string;
  readonly amount: Money;
  readonly idempotencyKey: string;
}
export interface RecordCapture extends Referring {
  readonly type: 'record-capture';
}
export interface RecordCaptureFailure extends Referring, Why {
  readonly type: 'record-capture-failure';
}
/** Satisfied when there is nothing to let go; refused `PAYMENT.ALREADY_CAPTURED` when money has been taken. */
export interface RequestVoid {
  readonly type: 'request-void';
  readonly idempotencyKey: string;
  readonly reason: string;
}
/** Also where nobody asked for it: a provider lets money go when its time has run out. */
export interface RecordVoid extends Referring {
  readonly type: 'record-void';
}
/** Refused `PAYMENT.REFUND_EXCEEDS_CAPTURED`. */
export interface RequestRefund {
  readonly type: 'request-refund';
  readonly refundId: string;
  readonly amount: Money;
  readonly idempotencyKey: string;
}
export interface RecordRefund extends Referring {
  readonly type: 'record-refund';
  readonly refundId: string;
}
export interface RecordRefundFailure extends Referring, Why {
  readonly type: 'record-refund-failure';
  readonly refundId: string;
}
/** Of captured money; once for each dispute. */
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

/** What the provider said. */
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
