import type { Stripe } from 'stripe';
import type { ProviderOutcome } from '../payment-provider.js';

// What Stripe's errors mean to us, all in one place: https://docs.stripe.com/error-handling, …/error-codes, …/declines

type Refused = Extract<ProviderOutcome, { outcome: 'refused' }>;
type Unknown = Extract<ProviderOutcome, { outcome: 'unknown' }>;

/** What is asked of Stripe; a no to each has a code of its own. */
export type StripeOperation = 'authorize' | 'capture' | 'void' | 'refund';

const NO: Readonly<Record<StripeOperation, string>> = {
  authorize: 'PAYMENT.DECLINED',
  capture: 'PAYMENT.CAPTURE_REFUSED',
  void: 'PAYMENT.VOID_FAILED',
  refund: 'PAYMENT.REFUND_REFUSED',
};

/** By `decline_code` and `code`: what the buyer can be told apart by. */
const CODES: ReadonlyMap<string, string> = new Map([
  ['insufficient_funds', 'PAYMENT.INSUFFICIENT_FUNDS'],
  ['card_velocity_exceeded', 'PAYMENT.INSUFFICIENT_FUNDS'],
  ['withdrawal_count_limit_exceeded', 'PAYMENT.INSUFFICIENT_FUNDS'],
]);

const DECLINED = 'The payment was declined.';

/** As it is read off an intent, or off an error. */
type Reason = Pick<Stripe.PaymentIntent.LastPaymentError, 'code' | 'decline_code' | 'message'>;

/** A decline. Stripe writes these messages for buyers; those of other errors are for developers. */
export function declined(reason: Reason | null, reference: string): Refused & { readonly reference: string } {
  const code = CODES.get(reason?.decline_code ?? '') ?? CODES.get(reason?.code ?? '') ?? NO.authorize;
  return { outcome: 'refused', code, detail: sentence(reason?.message ?? DECLINED), reference };
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Nobody but who runs the shop can do something about it; until then Stripe is asked again. */
const MISCONFIGURED: ReadonlyMap<string, string> = new Map([
  ['StripeAuthenticationError', 'Stripe does not know STRIPE_SECRET_KEY'],
  ['StripePermissionError', 'STRIPE_SECRET_KEY is not allowed to do this'],
]);

/** What Stripe has decided; all else is neither yes nor no: not reached, busy, broken, or still at work on the same key. */
const DEFINITE: ReadonlySet<string> = new Set(['StripeCardError', 'StripeInvalidRequestError']);

/** How a wrong setting is told to who runs the shop. */
export type OnMisconfigured = (problem: string) => void;

/** Turns what an operation threw into what it came to. @throws what is none of Stripe's errors */
export class StripeErrors {
  constructor(private readonly onMisconfigured: OnMisconfigured) {}

  outcomeOf(error: unknown, operation: StripeOperation): Refused | Unknown {
    if (!isStripeError(error)) throw error;
    const { type, code, requestId } = error;
    const what = `${type}${code === undefined ? '' : ` ${code}`}${requestId === undefined ? '' : `, ${requestId}`}`;
    const misconfigured = MISCONFIGURED.get(type);
    if (misconfigured !== undefined) this.onMisconfigured(`${misconfigured} (${what})`);
    if (!DEFINITE.has(type)) return { outcome: 'unknown', detail: `Stripe: ${what}.` };
    const reference = error.payment_intent?.id;
    if (operation === 'authorize' && type === 'StripeCardError') return declined(reasonIn(error), reference ?? '');
    const refused = { outcome: 'refused', code: NO[operation], detail: `Stripe refused it (${what}).` } as const;
    return reference === undefined ? refused : { ...refused, reference };
  }
}

/**
 * What was decided has to be looked up: a server error, which Stripe repeats under its key for a day whatever came of the
 * request, or a key that was used with other parameters.
 */
export const isIndeterminate = (error: unknown): boolean =>
  isStripeError(error) &&
  (error.type === 'StripeAPIError' || (error.type === 'StripeIdempotencyError' && error.code !== IN_USE));

const IN_USE = 'idempotency_key_in_use';

/** The state that an intent is in instead of the one that the operation needs. */
export function unexpectedState(error: unknown): Stripe.PaymentIntent | null {
  if (!isStripeError(error) || error.code !== 'payment_intent_unexpected_state') return null;
  return error.payment_intent ?? null;
}

type StripeError = Stripe.errors.StripeError;

/** Not by class: a test's module registry has classes of its own. */
const isStripeError = (error: unknown): error is StripeError =>
  typeof error === 'object' && error !== null && 'type' in error && String(error.type).startsWith('Stripe');

const reasonIn = ({ code, decline_code, message }: StripeError): Reason => ({
  ...(code === undefined ? {} : { code }),
  ...(decline_code === undefined ? {} : { decline_code }),
  message,
});
