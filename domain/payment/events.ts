import type { DomainEvent } from '../shared/decider.js';
import type { FieldPaths, Personal, PersonalFieldsOf } from '../shared/personal-data.js';
import type { Money } from '../shared/money.js';
import { choice, named, object, text } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';

// These types are the storage format of streams `payment-{paymentId}`: never edit one, add a version and an upcaster.
// Each "requested" is recorded before the provider is called, with the idempotency key that every try uses. An order has
// as many payments as it has tenders, and one more for each attempt after a definite no.

interface OfPayment {
  readonly paymentId: string;
  readonly orderId: string;
}

/** A fact that the provider reported, in an answer or by a webhook. */
interface SaidByProvider extends OfPayment {
  readonly provider: string;
  /** As it was requested. */
  readonly channel?: string;
  /**
   * The provider's id: of an authorisation that of the payment, else that of the capture, refund or dispute; null where the
   * provider gave none, or was not asked because there was nothing to pay.
   */
  readonly reference: string | null;
  /** How long the provider took to answer the call; absent where it was not asked, or told by itself. */
  readonly durationMs?: number;
}

/** What the buyer has to do before the provider decides. */
export const PaymentAction = named(
  'PaymentAction',
  object(
    {
      type: choice(['redirect'], '`redirect`: the buyer goes to the page and comes back.', 'redirect'),
      url: text('The page, of the provider or of the bank.', 'https://bank.example/confirm'),
    },
    'What the buyer has to do before the provider decides.',
  ),
);
export type PaymentAction = Of<typeof PaymentAction>;

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
    /** Code of the channel that the order was sold in; `default` where there is none. */
    readonly channel?: string;
    readonly idempotencyKey: string;
    readonly personId: string;
    /** The provider's token for the means of payment; sealed. */
    readonly token: Personal<string> | null;
  }
>;
/** No money was requested, and none will be: the order was let go before. */
export type PaymentClosed = DomainEvent<'payment.closed.v1', OfPayment & { readonly reason: string }>;
/** The buyer has to act before the provider decides. The action is sealed, as its page acts for the buyer; null once forgotten. */
export type PaymentActionRequired = DomainEvent<
  'payment.action-required.v1',
  SaidByProvider & { readonly personId: string; readonly action: Personal<PaymentAction> | null }
>;
/** The provider holds the amount. Recorded also after the payment had failed: the authorisation then has to be voided. */
export type PaymentAuthorized = DomainEvent<
  'payment.authorized.v1',
  SaidByProvider & {
    /** The amount that the provider holds, which may differ from the requested one. */
    readonly amount: Money;
    /** When the authorisation expires, RFC 3339 UTC; absent where the provider gives no time. */
    readonly expiresAt?: string;
  }
>;
export type PaymentDeclined = DomainEvent<
  'payment.declined.v1',
  SaidByProvider & { readonly code: string; readonly detail: string }
>;
/** The provider gave no definite answer in time; a late authorisation is voided. */
export type PaymentFailed = DomainEvent<
  'payment.failed.v1',
  OfPayment & { readonly code: string; readonly detail: string }
>;
/** `final`: the provider voids what is not captured by it. */
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
/** The authorisation is voided: `requested` by the shop, else by the provider itself, for instance as it expired. */
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
    /** The provider's text. */
    readonly reason: string;
    /** Until when the provider takes evidence, RFC 3339 UTC; absent where it gives no time. */
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
  | PaymentClosed
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

export const paymentPersonalFields: PersonalFieldsOf<PaymentEvent> = {
  'payment.requested.v1': { person: 'personId', fields: ['token'] },
  'payment.action-required.v1': { person: 'personId', fields: ['action'] },
};

/** Fields that are credentials: the token, the page of the action and idempotency keys let their holder request money. */
export const paymentSecretFields: FieldPaths = {
  'payment.requested.v1': ['token', 'idempotencyKey'],
  'payment.action-required.v1': ['action'],
  'payment.capture-requested.v1': ['idempotencyKey'],
  'payment.void-requested.v1': ['idempotencyKey'],
  'payment.refund-requested.v1': ['idempotencyKey'],
};
