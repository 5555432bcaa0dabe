import type { Money } from '../../domain/shared/money.js';

/** A definite answer, or `unknown`: no answer, an answer that says nothing, or a server error; ask again with the same key. */
export type ProviderOutcome =
  /** `expiresAt`: when an authorisation ends by itself, RFC 3339 UTC, where the provider says so. */
  | { readonly outcome: 'succeeded'; readonly expiresAt?: string }
  | { readonly outcome: 'refused'; readonly code: string; readonly detail: string }
  | { readonly outcome: 'unknown'; readonly detail: string };

export interface PaymentReference {
  readonly paymentId: string;
  /** The same key always gets the same answer and moves money once. */
  readonly idempotencyKey: string;
  readonly token: string;
  readonly amount: Money;
}

/** A notice of the provider, verified: the same command as the answer to our own call. */
export interface ProviderNotice {
  readonly webhookId: string;
  readonly paymentId: string;
  readonly kind: 'authorized' | 'declined';
  readonly code?: string;
  readonly detail?: string;
  /** Of an authorisation; RFC 3339 UTC. */
  readonly expiresAt?: string;
}

/** A payment service. No call ever throws for what the provider said or did not say. */
export interface PaymentProvider {
  /** As in `/v1/webhooks/payments/{provider}`. */
  readonly name: string;
  authorize(payment: PaymentReference): Promise<ProviderOutcome>;
  capture(payment: PaymentReference): Promise<ProviderOutcome>;
  void(payment: PaymentReference): Promise<ProviderOutcome>;
  refund(payment: PaymentReference): Promise<ProviderOutcome>;
  /**
   * The notice in a webhook's body; null when the signature, its age or the body is not right; `of-no-concern` when it is
   * right and about something else: providers add types, and send on what is not taken.
   */
  verify(headers: Readonly<Record<string, string>>, body: string): ProviderNotice | 'of-no-concern' | null;
}
