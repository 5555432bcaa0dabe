import type { Money } from '../shared/money.js';

// Two kinds: what somebody wants (`request-…`, decided before the provider is called) and what the provider said
// (`record-…`: the same command whether it comes as the answer, as a webhook or by asking again; satisfied when known).

export interface RequestPayment {
  readonly type: 'request-payment';
  readonly paymentId: string;
  readonly orderId: string;
  readonly amount: Money;
  readonly provider: string;
  readonly idempotencyKey: string;
  readonly personId: string;
  readonly token: string;
}
export interface RecordAuthorization {
  readonly type: 'record-authorization';
  /** When the provider lets the money go by itself, RFC 3339 UTC; absent where it does not say. */
  readonly expiresAt?: string;
}
export interface RecordDecline {
  readonly type: 'record-decline';
  readonly code: string;
  readonly detail: string;
}
/** Gives up waiting; satisfied when the payment has a definite answer. */
export interface FailPayment {
  readonly type: 'fail-payment';
  readonly code: string;
  readonly detail: string;
}
/** Refused `PAYMENT.NOT_AUTHORIZED` unless authorised; an amount over the authorised `PAYMENT.CAPTURE_EXCEEDS_AUTHORIZED`. */
export interface RequestCapture {
  readonly type: 'request-capture';
  readonly amount: Money;
  readonly idempotencyKey: string;
}
export interface RecordCapture {
  readonly type: 'record-capture';
}
export interface RecordCaptureFailure {
  readonly type: 'record-capture-failure';
  readonly code: string;
  readonly detail: string;
}
/** Satisfied when there is nothing to let go; refused `PAYMENT.ALREADY_CAPTURED` when money has been taken. */
export interface RequestVoid {
  readonly type: 'request-void';
  readonly idempotencyKey: string;
  readonly reason: string;
}
export interface RecordVoid {
  readonly type: 'record-void';
}
/** Refused `PAYMENT.REFUND_EXCEEDS_CAPTURED`. */
export interface RequestRefund {
  readonly type: 'request-refund';
  readonly refundId: string;
  readonly amount: Money;
  readonly idempotencyKey: string;
}
export interface RecordRefund {
  readonly type: 'record-refund';
  readonly refundId: string;
}
export interface RecordRefundFailure {
  readonly type: 'record-refund-failure';
  readonly refundId: string;
  readonly code: string;
  readonly detail: string;
}

export type PaymentCommand =
  | RequestPayment
  | RecordAuthorization
  | RecordDecline
  | FailPayment
  | RequestCapture
  | RecordCapture
  | RecordCaptureFailure
  | RequestVoid
  | RecordVoid
  | RequestRefund
  | RecordRefund
  | RecordRefundFailure;
