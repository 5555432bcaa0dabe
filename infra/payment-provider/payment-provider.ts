import type { PaymentAction } from '../../domain/payment/index.js';
import type { Money } from '../../domain/shared/money.js';

/** No definite answer: none at all, one that says nothing, or a server error; ask again with the same key. */
interface Unknown {
  readonly outcome: 'unknown';
  readonly detail: string;
}

/** A definite no. */
interface Refused {
  readonly outcome: 'refused';
  readonly code: string;
  readonly detail: string;
  /** What the provider calls what it refused, where it gave that a name. */
  readonly reference?: string;
  /** The provider says not to ask again by itself: a person has to see to it first. */
  readonly final?: true;
}

/** `reference`: the provider's name for what was done; null where it gives none. */
export type ProviderOutcome = { readonly outcome: 'succeeded'; readonly reference: string | null } | Refused | Unknown;

export type AuthorizationOutcome =
  | {
      readonly outcome: 'succeeded';
      /** What later calls name the payment by. */
      readonly reference: string | null;
      /** What is held; absent: what was asked for. */
      readonly amount?: Money;
      /** When it ends by itself, RFC 3339 UTC, where the provider says so. */
      readonly expiresAt?: string;
    }
  /** The buyer decides; asked again with the reference, the provider says what came of it. */
  | { readonly outcome: 'action-required'; readonly reference: string; readonly action: PaymentAction }
  | Refused
  | Unknown;

/** What is asked about a payment. */
export interface PaymentRequest {
  readonly paymentId: string;
  readonly orderId: string;
  /** The same key always gets the same answer and moves money once. */
  readonly idempotencyKey: string;
  /** Of this request: what is to be held, taken, let go or given back. */
  readonly amount: Money;
  /** Empty once the person is forgotten; only an authorisation needs it. */
  readonly token: string;
  /** What the provider calls the payment; null as long as it has not said so. */
  readonly reference: string | null;
}

export interface CaptureRequest extends PaymentRequest {
  /** How often a capture of this payment was refused before this one was asked for; absent: never. */
  readonly refusedBefore?: number;
}

export interface RefundRequest extends PaymentRequest {
  readonly refundId: string;
}

/** What a provider says has happened to a payment: the same command as the answer to our own call. */
export type ProviderFact =
  | {
      readonly kind: 'authorized';
      readonly reference: string;
      readonly amount?: Money;
      readonly expiresAt?: string;
    }
  | { readonly kind: 'declined'; readonly reference: string; readonly code: string; readonly detail: string }
  | { readonly kind: 'action-required'; readonly reference: string; readonly action: PaymentAction }
  | { readonly kind: 'captured'; readonly reference: string }
  | { readonly kind: 'voided'; readonly reference: string }
  | { readonly kind: 'refunded'; readonly reference: string; readonly refundId: string }
  | {
      readonly kind: 'refund-failed';
      readonly reference: string;
      readonly refundId: string;
      readonly code: string;
      readonly detail: string;
    }
  /** `reference` is the dispute's. */
  | {
      readonly kind: 'disputed';
      readonly reference: string;
      readonly amount: Money;
      readonly reason: string;
      readonly respondBy?: string;
    }
  | {
      readonly kind: 'dispute-closed';
      readonly reference: string;
      readonly amount: Money;
      readonly outcome: 'won' | 'lost';
    };

/** A verified webhook. */
export interface ProviderNotice {
  /** The same however often it is sent. */
  readonly webhookId: string;
  readonly paymentId: string;
  readonly fact: ProviderFact;
}

/** What a provider can do; what it cannot is not asked of it. */
export interface ProviderCapabilities {
  /** Take less than is held, which lets the rest go. */
  readonly partialCapture: boolean;
  /** Take what is held in several parts. */
  readonly multipleCaptures: boolean;
  readonly void: boolean;
  readonly refund: boolean;
}

/** The provider has to be asked to understand its webhook, and is away: it is to send it again. */
export class ProviderUnavailableError extends Error {
  constructor(provider: string, options?: ErrorOptions) {
    super(`the payment provider ${provider} cannot be asked`, options);
    this.name = 'ProviderUnavailableError';
  }
}

/** A payment service. No call ever throws for what the provider said or did not say. */
export interface PaymentProvider {
  /** As in `/v1/webhooks/payments/{provider}`, and as payments record it. */
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  authorize(payment: PaymentRequest): Promise<AuthorizationOutcome>;
  capture(payment: CaptureRequest): Promise<ProviderOutcome>;
  /** Without a reference too: then nothing is held under the payment's authorisation afterwards, whatever became of it. */
  void(payment: PaymentRequest & { readonly authorizationKey: string }): Promise<ProviderOutcome>;
  refund(payment: RefundRequest): Promise<ProviderOutcome>;
  /**
   * The fact in a webhook's body; null when the signature, its age or the body is not right; `of-no-concern` when it is
   * right and about something else: providers add types, and send on what is not taken.
   * @throws ProviderUnavailableError
   */
  factIn(headers: Readonly<Record<string, string>>, body: string): Promise<ProviderNotice | 'of-no-concern' | null>;
}
