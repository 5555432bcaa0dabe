import type { Stripe } from 'stripe';
import type { AuthorizationOutcome, ProviderOutcome } from '../payment-provider.js';
import { fromStripe } from './stripe-amounts.js';
import { declined } from './stripe-errors.js';

// Translates payment intents to the port's terms: https://docs.stripe.com/payments/paymentintents/lifecycle

/** Makes the outcome of an authorisation; its expiry is only known where the charge is expanded. */
export function authorizationIn(intent: Stripe.PaymentIntent): AuthorizationOutcome {
  switch (intent.status) {
    case 'requires_capture':
      return heldIn(intent);
    case 'requires_action':
      return actionIn(intent);
    case 'canceled':
      return declined({ message: 'The payment was cancelled at the provider.' }, intent.id);
    case 'requires_payment_method':
      return intent.last_payment_error === null ? underWay(intent) : declined(intent.last_payment_error, intent.id);
    default:
      return underWay(intent);
  }
}

const underWay = ({ status }: Stripe.PaymentIntent): AuthorizationOutcome => ({
  outcome: 'unknown',
  detail: `Stripe has the payment in the state ${status}.`,
});

function heldIn(intent: Stripe.PaymentIntent): AuthorizationOutcome {
  const amount = fromStripe(intent.amount_capturable, intent.currency);
  const until = captureBefore(intent.latest_charge);
  return { outcome: 'succeeded', reference: intent.id, amount, ...(until === null ? {} : { expiresAt: until }) };
}

function captureBefore(charge: Stripe.PaymentIntent['latest_charge']): string | null {
  if (charge === null || typeof charge === 'string') return null;
  return timeOf(charge.payment_method_details?.card?.capture_before ?? null);
}

/** Converts seconds since the epoch to RFC 3339 UTC. */
export const timeOf = (seconds: number | null): string | null =>
  seconds === null ? null : new Date(seconds * 1000).toISOString();

function actionIn({ id, next_action: next }: Stripe.PaymentIntent): AuthorizationOutcome {
  const url = next?.redirect_to_url?.url;
  if (typeof url === 'string') return { outcome: 'action-required', reference: id, action: { type: 'redirect', url } };
  return {
    outcome: 'unknown',
    detail: `Stripe wants the buyer to do ${next?.type ?? 'something'}, which is no redirect.`,
  };
}

/** Reads the reference of a capture: its charge, by which Stripe lists it. */
export const captureIn = ({ id, latest_charge: charge }: Stripe.PaymentIntent): ProviderOutcome => ({
  outcome: 'succeeded',
  reference: idOf(charge) ?? id,
});

export const idOf = (object: string | { readonly id: string } | null): string | null =>
  typeof object === 'string' ? object : (object?.id ?? null);

type RefundOutcome =
  | Exclude<ProviderOutcome, { outcome: 'unknown' }>
  | { outcome: 'unknown'; detail: string; reference: string };

/** Makes the outcome of a refund, which banks may take days for. */
export function refundIn({ id, status, failure_reason: why }: Stripe.Refund): RefundOutcome {
  if (status === 'succeeded') return { outcome: 'succeeded', reference: id };
  if (status === 'failed' || status === 'canceled') {
    const detail = `Stripe could not give the money back (${why ?? status}).`;
    return { outcome: 'refused', code: 'PAYMENT.REFUND_REFUSED', detail, reference: id };
  }
  return { outcome: 'unknown', detail: `Stripe has the refund in the state ${status}.`, reference: id };
}
