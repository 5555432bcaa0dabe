import type { DomainEvent } from '../shared/decider.js';
import type { FieldPaths, PersonalFields } from '../shared/personal-data.js';
import type { Money } from '../shared/money.js';

// These types are the storage format of streams `payment-{paymentId}`: never edit one, add a version and an upcaster.
// Each "requested" is recorded before the provider is called, with the idempotency key that every try uses. An order has
// as many payments as it has tenders, and one more for each attempt after a definite no.

interface OfPayment {
  readonly paymentId: string;
  readonly orderId: string;
}

/** What the provider said, in an answer or in a notice. */
interface SaidByProvider extends OfPayment {
  readonly provider: string;
  /**
   * What the provider calls it: of an authorisation the payment, later the capture, the refund, the dispute; null where it
   * gave it no name, or was not asked because there was nothing to pay.
   */
  readonly reference: string | null;
}

/** What the buyer has to do before the provider decides: go to the page and come back. */
export interface PaymentAction {
  readonly type: 'redirect';
  readonly url: string;
}

export type PaymentRequested = DomainEvent<
  'payment.requested.v1',
  OfPayment & {
    /** From 1: which of the parts that the order is paid by. */
    readonly tender: number;
    /** From 1: how often this part was tried, each time with a payment of its own. */
    readonly attempt: number;
    /** This tender's part of the order's total. */
    readonly amount: Money;
    readonly provider: string;
    readonly idempotencyKey: string;
    readonly personId: string;
    /** The provider's token for the means of payment; sealed. */
    readonly token: string | null;
  }
>;
/** Whoever has the action may act for the buyer: it is sealed, and null once the person is forgotten. */
export type PaymentActionRequired = DomainEvent<
  'payment.action-required.v1',
  SaidByProvider & { readonly personId: string; readonly action: PaymentAction | null }
>;
/** Also for an authorisation that comes after the payment had failed: it is held money that has to be voided. */
export type PaymentAuthorized = DomainEvent<
  'payment.authorized.v1',
  SaidByProvider & {
    /** What the provider holds, which may be another amount than was asked for. */
    readonly amount: Money;
    /** When the provider lets the money go by itself, RFC 3339 UTC; absent where it does not say. */
    readonly expiresAt?: string;
  }
>;
export type PaymentDeclined = DomainEvent<
  'payment.declined.v1',
  SaidByProvider & { readonly code: string; readonly detail: string }
>;
/** No definite answer in time; a late authorisation will be voided. */
export type PaymentFailed = DomainEvent<
  'payment.failed.v1',
  OfPayment & { readonly code: string; readonly detail: string }
>;
/** `final`: what is not captured by it is let go. */
export type PaymentCaptureRequested = DomainEvent<
  'payment.capture-requested.v1',
  OfPayment & {
    readonly captureId: string;
    readonly amount: Money;
    readonly final: boolean;
    readonly idempotencyKey: string;
  }
>;
/** `authorized` is what stays authorised, of what was captured before too: a final capture of less lets the rest go. */
export type PaymentCaptured = DomainEvent<
  'payment.captured.v1',
  SaidByProvider & {
    readonly captureId: string;
    readonly amount: Money;
    readonly final: boolean;
    readonly authorized: Money;
  }
>;
export type PaymentCaptureFailed = DomainEvent<
  'payment.capture-failed.v1',
  SaidByProvider & {
    readonly captureId: string;
    readonly amount: Money;
    readonly code: string;
    readonly detail: string;
  }
>;
export type PaymentVoidRequested = DomainEvent<
  'payment.void-requested.v1',
  OfPayment & { readonly idempotencyKey: string; readonly reason: string }
>;
/** `requested`: we asked for it; else the provider let the money go by itself, when its time had run out say. */
export type PaymentVoided = DomainEvent<
  'payment.voided.v1',
  SaidByProvider & { readonly amount: Money; readonly requested: boolean }
>;
export type PaymentRefundRequested = DomainEvent<
  'payment.refund-requested.v1',
  OfPayment & { readonly refundId: string; readonly amount: Money; readonly idempotencyKey: string }
>;
export type PaymentRefunded = DomainEvent<
  'payment.refunded.v1',
  SaidByProvider & { readonly refundId: string; readonly amount: Money }
>;
export type PaymentRefundFailed = DomainEvent<
  'payment.refund-failed.v1',
  SaidByProvider & {
    readonly refundId: string;
    readonly amount: Money;
    readonly code: string;
    readonly detail: string;
  }
>;
/** The buyer's bank asks for captured money back; no balance moves before it is decided. `reference` is the dispute's. */
export type PaymentDisputed = DomainEvent<
  'payment.disputed.v1',
  SaidByProvider & {
    readonly reference: string;
    readonly amount: Money;
    /** In the provider's words. */
    readonly reason: string;
    /** Until when evidence is taken, RFC 3339 UTC, where the provider says so. */
    readonly respondBy?: string;
  }
>;
/** `won`: the shop keeps the money. */
export type PaymentDisputeClosed = DomainEvent<
  'payment.dispute-closed.v1',
  SaidByProvider & { readonly reference: string; readonly amount: Money; readonly outcome: 'won' | 'lost' }
>;

export type PaymentEvent =
  | PaymentRequested
  | PaymentActionRequired
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
  | PaymentRefundFailed
  | PaymentDisputed
  | PaymentDisputeClosed;

export const paymentPersonalFields: PersonalFields = {
  'payment.requested.v1': { person: 'personId', fields: ['token'] },
  'payment.action-required.v1': { person: 'personId', fields: ['action'] },
};

/** With the provider's token, the page where it is confirmed, or the key of a request, somebody else could ask for the money. */
export const paymentSecretFields: FieldPaths = {
  'payment.requested.v1': ['token', 'idempotencyKey'],
  'payment.action-required.v1': ['action'],
  'payment.capture-requested.v1': ['idempotencyKey'],
  'payment.void-requested.v1': ['idempotencyKey'],
  'payment.refund-requested.v1': ['idempotencyKey'],
};
