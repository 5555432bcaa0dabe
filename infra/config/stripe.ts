import type { StripeConfig } from './config.js';
import type { Environment } from './environment.js';

const API = 'https://api.stripe.com';
const SECRET_KEY = /^[sr]k_(test|live)_\w{16,}$/;
/** Stripe makes them of 32 characters and more. */
const WEBHOOK_SECRET = /^whsec_\S{32,}$/;
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** Payments by Stripe, where it is set up; then all of it has to be. No secret is repeated in what is told of it. */
export function stripeOf(env: Environment): StripeConfig | null {
  const secretKey = env.text('STRIPE_SECRET_KEY');
  const stripe = {
    secretKey: secretKey ?? '',
    webhookSecrets: env.text('STRIPE_WEBHOOK_SECRET')?.split(/[\s,]+/) ?? [],
    returnUrl: env.text('STRIPE_RETURN_URL') ?? '',
    apiUrl: env.text('STRIPE_API_URL') ?? API,
  };
  if (secretKey !== null) {
    env.problems.push(...problemsOf(stripe));
    return stripe;
  }
  if (stripe.returnUrl !== '' || stripe.webhookSecrets.length > 0) {
    env.problems.push('STRIPE_SECRET_KEY is not set, and other settings of Stripe are');
  }
  return null;
}

function problemsOf({ secretKey, webhookSecrets, returnUrl, apiUrl }: StripeConfig): readonly string[] {
  const isSigned = webhookSecrets.length > 0 && webhookSecrets.every((secret) => WEBHOOK_SECRET.test(secret));
  const rules: readonly (readonly [boolean, string])[] = [
    [SECRET_KEY.test(secretKey), 'STRIPE_SECRET_KEY is no secret key of Stripe: sk_live_… is one'],
    [isSigned, 'STRIPE_SECRET_KEY needs a STRIPE_WEBHOOK_SECRET: whsec_… of the webhook endpoint at Stripe'],
    [
      isUrl(returnUrl, ['http:', 'https:']),
      'STRIPE_SECRET_KEY needs a STRIPE_RETURN_URL: the page of the shop that buyers come back to',
    ],
    [isApi(apiUrl), 'STRIPE_API_URL is not an https URL; http is for this machine alone'],
  ];
  return rules.flatMap(([holds, problem]) => (holds ? [] : [problem]));
}

const isUrl = (text: string, protocols: readonly string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

/** The secret key goes there. */
const isApi = (text: string): boolean =>
  isUrl(text, ['https:']) || (isUrl(text, ['http:']) && LOOPBACK.test(new URL(text).hostname));
