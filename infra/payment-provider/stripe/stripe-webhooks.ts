import type { Stripe } from 'stripe';
import type { ProviderFact, ProviderNotice } from '../payment-provider.js';
import { ProviderUnavailableError } from '../payment-provider.js';
import { fromStripe } from './stripe-amounts.js';
import { authorizationIn, idOf, refundIn, timeOf } from './stripe-intents.js';

/** How many seconds old a signature may be: https://docs.stripe.com/webhooks. */
const TOLERANCE_S = 300;

export interface WebhookOptions {
  readonly webhookSecrets: readonly string[];
  readonly now?: () => number;
}

/** A fact and its payment; null where the payment is not ours. */
type Told = { readonly paymentId: string; readonly fact: ProviderFact } | null;

/** Verifies and reads Stripe's webhooks, which come in any order; signatures are valid for some minutes. */
export class StripeWebhooks {
  constructor(
    private readonly stripe: Stripe,
    private readonly options: WebhookOptions,
  ) {}

  /** Reads a fact as `PaymentProvider.factIn` does. */
  async factIn(
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<ProviderNotice | 'of-no-concern' | null> {
    const event = this.#verified(headers['stripe-signature'] ?? '', body);
    if (event === null) return null;
    const told = await this.#told(event);
    return told === null ? 'of-no-concern' : { webhookId: event.id, ...told };
  }

  #verified(signature: string, body: string): Stripe.Event | null {
    const receivedAt = this.options.now?.() ?? Date.now();
    for (const secret of this.options.webhookSecrets) {
      try {
        return this.stripe.webhooks.constructEvent(body, signature, secret, TOLERANCE_S, undefined, receivedAt);
      } catch {
        // The notice is signed with another of the secrets, or with none.
      }
    }
    return null;
  }

  async #told(event: Stripe.Event): Promise<Told> {
    switch (event.type) {
      case 'payment_intent.amount_capturable_updated':
        // The event lacks the charge, which has the expiry of the authorisation.
        return ofIntent(await this.#intent(event.data.object.id));
      case 'payment_intent.requires_action':
      case 'payment_intent.payment_failed':
      case 'payment_intent.canceled':
      case 'payment_intent.succeeded':
        return ofIntent(event.data.object);
      case 'refund.created':
      case 'refund.updated':
      case 'refund.failed':
        return ofRefund(event.data.object);
      case 'charge.dispute.created':
      case 'charge.dispute.closed':
        return this.#ofDispute(event.data.object);
      default:
        return null;
    }
  }

  async #ofDispute(dispute: Stripe.Dispute): Promise<Told> {
    const fact = disputeIn(dispute);
    const intent = idOf(dispute.payment_intent);
    if (fact === null || intent === null) return null;
    const paymentId = paymentIdIn(await this.#intent(intent));
    return paymentId === null ? null : { paymentId, fact };
  }

  async #intent(id: string): Promise<Stripe.PaymentIntent> {
    try {
      return await this.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
    } catch (cause) {
      throw new ProviderUnavailableError('stripe', { cause });
    }
  }
}

/** Reads our payment's id. An object without one belongs to another program that uses the account. */
const paymentIdIn = ({ metadata }: { readonly metadata: Stripe.Metadata | null }): string | null =>
  metadata?.['payment_id'] ?? null;

function ofIntent(intent: Stripe.PaymentIntent): Told {
  const paymentId = paymentIdIn(intent);
  const fact = paymentId === null ? null : factOf(intent);
  return paymentId === null || fact === null ? null : { paymentId, fact };
}

function factOf(intent: Stripe.PaymentIntent): ProviderFact | null {
  const reference = intent.id;
  if (intent.status === 'canceled') return { kind: 'voided', reference };
  if (intent.status === 'succeeded') return { kind: 'captured', reference: idOf(intent.latest_charge) ?? reference };
  const said = authorizationIn(intent);
  switch (said.outcome) {
    case 'succeeded': {
      const { outcome: _yes, ...held } = said;
      return { kind: 'authorized', ...held, reference };
    }
    case 'action-required':
      return { kind: 'action-required', reference, action: said.action };
    case 'refused':
      return { kind: 'declined', reference, code: said.code, detail: said.detail };
    default:
      return null;
  }
}

/** Reads our refund's id. A refund that was made by hand has none. */
function ofRefund(refund: Stripe.Refund): Told {
  const paymentId = paymentIdIn(refund);
  const refundId = refund.metadata?.['refund_id'];
  const said = refundIn(refund);
  if (paymentId === null || refundId === undefined || said.outcome === 'unknown') return null;
  const of = { reference: refund.id, refundId };
  if (said.outcome === 'succeeded') return { paymentId, fact: { kind: 'refunded', ...of } };
  return { paymentId, fact: { kind: 'refund-failed', ...of, code: said.code, detail: said.detail } };
}

/** Outcomes of closed disputes by status; a closed inquiry leaves the money with the shop. */
const ENDS: ReadonlyMap<string, 'won' | 'lost'> = new Map([
  ['won', 'won'],
  ['lost', 'lost'],
  ['prevented', 'won'],
  ['warning_closed', 'won'],
]);

function disputeIn({ id, status, amount, currency, reason, evidence_details: evidence }: Stripe.Dispute): ProviderFact {
  const dispute = { reference: id, amount: fromStripe(amount, currency) };
  const outcome = ENDS.get(status);
  if (outcome !== undefined) return { kind: 'dispute-closed', ...dispute, outcome };
  const respondBy = timeOf(evidence.due_by);
  return { kind: 'disputed', ...dispute, reason, ...(respondBy === null ? {} : { respondBy }) };
}
