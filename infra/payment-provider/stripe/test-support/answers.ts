import type { Stripe } from 'stripe';

// Stripe's answers as its API reference shows them for the test means of payment (https://docs.stripe.com/testing), with the
// members that are read here and those that are easily taken for them.

export const CREATED = 1_793_613_600;
/** Of a card: seven days. */
export const CAPTURE_BEFORE = CREATED + 7 * 24 * 3_600;

export type Intent = Pick<
  Stripe.PaymentIntent,
  | 'id'
  | 'object'
  | 'amount'
  | 'amount_capturable'
  | 'amount_received'
  | 'capture_method'
  | 'client_secret'
  | 'created'
  | 'currency'
  | 'last_payment_error'
  | 'livemode'
  | 'metadata'
  | 'next_action'
  | 'payment_method'
  | 'payment_method_types'
  | 'status'
> & { latest_charge: object | string | null };

export const intentOf = (id: string, amount: number, currency: string, metadata: Stripe.Metadata): Intent => ({
  id,
  object: 'payment_intent',
  amount,
  amount_capturable: 0,
  amount_received: 0,
  capture_method: 'manual',
  client_secret: `${id}_secret_YrKJUKribcBjcG8HVhfZluoGH`,
  created: CREATED,
  currency,
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  metadata,
  next_action: null,
  payment_method: null,
  payment_method_types: ['card', 'link'],
  status: 'requires_payment_method',
});

export const chargeOf = (intent: Intent): object => ({
  id: intent.id.replace('pi_', 'ch_'),
  object: 'charge',
  amount: intent.amount,
  amount_captured: intent.amount_received,
  amount_refunded: 0,
  captured: intent.status === 'succeeded',
  created: CREATED,
  currency: intent.currency,
  metadata: intent.metadata,
  paid: true,
  payment_intent: intent.id,
  payment_method_details: {
    type: 'card',
    card: { brand: 'visa', capture_before: CAPTURE_BEFORE, country: 'US', last4: '4242' },
  },
  status: 'succeeded',
});

/** https://docs.stripe.com/payments/3d-secure/authentication-flow: where a return URL was given. */
export const redirectOf = (id: string, returnUrl: string) => ({
  type: 'redirect_to_url',
  redirect_to_url: {
    return_url: returnUrl,
    url: `https://hooks.stripe.com/3d_secure_2/hosted?merchant=acct_1&payment_intent=${id}&source=src_1`,
  },
});

interface Decline {
  readonly code: string;
  readonly decline_code?: string;
  readonly message: string;
}

/** By test means of payment. */
export const declines: ReadonlyMap<string, Decline> = new Map([
  [
    'pm_card_chargeDeclined',
    { code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.' },
  ],
  [
    'pm_card_chargeDeclinedInsufficientFunds',
    { code: 'card_declined', decline_code: 'insufficient_funds', message: 'Your card has insufficient funds.' },
  ],
  ['pm_card_chargeDeclinedExpiredCard', { code: 'expired_card', message: 'Your card has expired.' }],
  [
    'pm_card_chargeDeclinedFraudulent',
    { code: 'card_declined', decline_code: 'fraudulent', message: 'Your card was declined.' },
  ],
]);

/** What a buyer comes back with who could not confirm. */
export const authenticationFailure: Decline = {
  code: 'payment_intent_authentication_failure',
  message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
};

export const paymentError = ({ code, decline_code, message }: Decline) => ({
  type: 'card_error' as const,
  code,
  ...(decline_code === undefined ? {} : { decline_code }),
  doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`,
  message,
});

export const invalidRequest = (code: string, message: string, more: object = {}) => ({
  error: { type: 'invalid_request_error', code, message, ...more },
});

export const refundOf = (id: string, params: URLSearchParams, status: string) => ({
  id,
  object: 'refund',
  amount: Number(params.get('amount')),
  charge: (params.get('payment_intent') ?? '').replace('pi_', 'ch_'),
  created: CREATED,
  currency: 'usd',
  metadata: metadataIn(params),
  payment_intent: params.get('payment_intent'),
  reason: null,
  status,
  ...(status === 'failed' ? { failure_reason: 'expired_or_canceled_card' } : {}),
});

export const disputeOf = (intent: string, status: string) => ({
  id: 'dp_1MtJUT2eZvKYlo2CNaw2HvEv',
  object: 'dispute',
  amount: 1999,
  charge: intent.replace('pi_', 'ch_'),
  created: CREATED,
  currency: 'usd',
  evidence_details: { due_by: CREATED + 86_400, has_evidence: false, past_due: false, submission_count: 0 },
  metadata: {},
  payment_intent: intent,
  reason: 'fraudulent',
  status,
});

/** `metadata[name]=value` */
export const metadataIn = (params: URLSearchParams): Record<string, string> =>
  Object.fromEntries(
    [...params].flatMap(([name, value]) => {
      const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
      return key === undefined ? [] : [[key, value]];
    }),
  );

/** A webhook's body: https://docs.stripe.com/api/events/object */
export const eventOf = (type: string, object: object, id = 'evt_3MtwBwLkdIwHu7ix2G0DD0B4'): string =>
  JSON.stringify({
    id,
    object: 'event',
    api_version: '2026-10-28.endive',
    created: CREATED,
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  });
