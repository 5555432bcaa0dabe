import type { DomainEvent } from '../shared/decider.js';
import type { FieldPaths, PersonalFields } from '../shared/personal-data.js';
import type { Money } from '../shared/money.js';

// These types are the storage format of streams `payment-{paymentId}`: never edit one, add a version and an upcaster.
// Each "requested" is recorded before the provider is called, with the idempotency key that every try uses.

interface OfPayment {
  readonly paymentId: string;
  readonly orderId: string;
}

export type PaymentRequested = DomainEvent<
  'payment.requested.v1',
  OfPayment & {
    readonly amount: Money;
    readonly provider: string;
    readonly idempotencyKey: string;
    readonly personId: string;
    /** The provider's token for the means of payment; sealed. */
    readonly token: string | null;
  }
>;
/** Also for an authorisation that comes after the payment had failed: it is held money that has to be voided. */
export type PaymentAuthorized = DomainEvent<
  'payment.authorized.v1',
  OfPayment & {
    readonly amount: Money;
    /** When the provider lets the money go by itself, RFC 3339 UTC; absent where it does not say. */
    readonly expiresAt?: string;
  }
>;
export type PaymentDeclined = DomainEvent<
  'payment.declined.v1',
  OfPayment & { readonly code: string; readonly detail: string }
>;
/** No definite answer in time; a late authorisation will be voided. */
export type PaymentFailed = DomainEvent<
  'payment.failed.v1',
  OfPayment & { readonly code: string; readonly detail: string }
>;
export type PaymentCaptureRequested = DomainEvent<
  'payment.capture-requested.v1',
  OfPayment & { readonly amount: Money; readonly idempotencyKey: string }
>;
/** `authorized` is what stays authorised: a final capture of less lets the rest go. */
export type PaymentCaptured = DomainEvent<
  'payment.captured.v1',
  OfPayment & { readonly amount: Money; readonly authorized: Money }
>;
export type PaymentCaptureFailed = DomainEvent<
  'payment.capture-failed.v1',
  OfPayment & { readonly amount: Money; readonly code: string; readonly detail: string }
>;
export type PaymentVoidRequested = DomainEvent<
  'payment.void-requested.v1',
  OfPayment & { readonly idempotencyKey: string; readonly reason: string }
>;
export type PaymentVoided = DomainEvent<'payment.voided.v1', OfPayment & { readonly amount: Money }>;
export type PaymentRefundRequested = DomainEvent<
  'payment.refund-requested.v1',
  OfPayment & { readonly refundId: string; readonly amount: Money; readonly idempotencyKey: string }
>;
export type PaymentRefunded = DomainEvent<
  'payment.refunded.v1',
  OfPayment & { readonly refundId: string; readonly amount: Money }
>;
export type PaymentRefundFailed = DomainEvent<
  'payment.refund-failed.v1',
  OfPayment & { readonly refundId: string; readonly amount: Money; readonly code: string; readonly detail: string }
>;

export type PaymentEvent =
  | PaymentRequested
  | PaymentAuthorized
  | PaymentDeclined
  | PaymentFailed
  | PaymentCaptureRequested
  | PaymentCaptured
  | PaymentCaptureFailed
  | PaymentVoidRequested
  | PaymentVoided
  | PaymentRefundRequested
  | PaymentRefunded
  | PaymentRefundFailed;

export const paymentPersonalFields: PersonalFields = {
  'payment.requested.v1': { person: 'personId', fields: ['token'] },
};

/** With the provider's token, or the key of a request to it, somebody else could ask for the money. */
export const paymentSecretFields: FieldPaths = {
  'payment.requested.v1': ['token', 'idempotencyKey'],
  'payment.capture-requested.v1': ['idempotencyKey'],
  'payment.void-requested.v1': ['idempotencyKey'],
  'payment.refund-requested.v1': ['idempotencyKey'],
};
