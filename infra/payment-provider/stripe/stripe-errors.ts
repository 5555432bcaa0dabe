import type { Stripe } from 'stripe';
import type { ProviderOutcome } from '../payment-provider.js';

// The meaning of Stripe's errors, all in one place: https://docs.stripe.com/error-handling, …/error-codes, …/declines

type Refused = Extract<ProviderOutcome, { outcome: 'refused' }>;
type Unknown = Extract<ProviderOutcome, { outcome: 'unknown' }>;

/** The operations of Stripe; a refusal of each has its own code. */
export type StripeOperation = 'authorize' | 'capture' | 'void' | 'refund';

const NO: Readonly<Record<StripeOperation, string>> = {
  authorize: 'PAYMENT.DECLINED',
  capture: 'PAYMENT.CAPTURE_REFUSED',
  void: 'PAYMENT.VOID_FAILED',
  refund: 'PAYMENT.REFUND_REFUSED',
};

/** Our codes by Stripe's `decline_code` and `code`, as far as they make a difference to the buyer. */
const CODES: ReadonlyMap<string, string> = new Map([
  ['insufficient_funds', 'PAYMENT.INSUFFICIENT_FUNDS'],
  ['card_velocity_exceeded', 'PAYMENT.INSUFFICIENT_FUNDS'],
  ['withdrawal_count_limit_exceeded', 'PAYMENT.INSUFFICIENT_FUNDS'],
]);

const DECLINED = 'The payment was declined.';

/** A decline, as an intent or an error has it. */
type Reason = Pick<Stripe.PaymentIntent.LastPaymentError, 'code' | 'decline_code' | 'message'>;

/** Makes the outcome of a decline. Stripe writes these messages for buyers, and those of other errors for developers. */
export function declined(reason: Reason | null, reference: string): Refused & { readonly reference: string } {
  const code = CODES.get(reason?.decline_code ?? '') ?? CODES.get(reason?.code ?? '') ?? NO.authorize;
  return { outcome: 'refused', code, detail: sentence(reason?.message ?? DECLINED), reference };
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Errors that only the operator of the shop can correct; until then the call is repeated. */
const MISCONFIGURED: ReadonlyMap<string, string> = new Map([
  ['StripeAuthenticationError', 'Stripe does not know STRIPE_SECRET_KEY'],
  ['StripePermissionError', 'STRIPE_SECRET_KEY is not allowed to do this'],
]);

/** Errors by which Stripe has decided. All others leave the outcome unknown: not reached, busy, broken, or the key is still in use. */
const DEFINITE: ReadonlySet<string> = new Set(['StripeCardError', 'StripeInvalidRequestError']);

/** Reports a wrong setting to the operator of the shop. */
export type OnMisconfigured = (problem: string) => void;

/** Translates an error of an operation to its outcome. @throws errors that are not Stripe's */
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
 * Tells errors whose outcome has to be looked up: a server error, which Stripe repeats under the key for a day whatever the request
 * led to, or a key that was used with other parameters.
 */
export const isIndeterminate = (error: unknown): boolean =>
  isStripeError(error) &&
  (error.type === 'StripeAPIError' || (error.type === 'StripeIdempotencyError' && error.code !== IN_USE));

const IN_USE = 'idempotency_key_in_use';

/** Reads the state that an intent has instead of the one that the operation needs. */
export function unexpectedState(error: unknown): Stripe.PaymentIntent | null {
  if (!isStripeError(error) || error.code !== 'payment_intent_unexpected_state') return null;
  return error.payment_intent ?? null;
}

type StripeError = Stripe.errors.StripeError;

/** Recognises Stripe's errors by their members, as a test's module registry has its own classes. */
const isStripeError = (error: unknown): error is StripeError =>
  typeof error === 'object' && error !== null && 'type' in error && String(error.type).startsWith('Stripe');

const reasonIn = ({ code, decline_code, message }: StripeError): Reason => ({
  ...(code === undefined ? {} : { code }),
  ...(decline_code === undefined ? {} : { decline_code }),
  message,
});
