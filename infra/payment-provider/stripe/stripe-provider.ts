import type { Stripe } from 'stripe';
import type {
  AuthorizationOutcome,
  PaymentProvider,
  PaymentRequest,
  ProviderNotice,
  ProviderOutcome,
  RefundRequest,
} from '../payment-provider.js';
import { toStripe } from './stripe-amounts.js';
import { openStripe } from './stripe-client.js';
import {
  isIndeterminate,
  StripeErrors,
  unexpectedState,
  type OnMisconfigured,
  type StripeOperation,
} from './stripe-errors.js';
import { authorizationIn, captureIn, refundIn } from './stripe-intents.js';
import { StripeWebhooks } from './stripe-webhooks.js';

export interface StripeOptions {
  /** `sk_…` or `rk_…` */
  readonly secretKey: string;
  /** The endpoint's `whsec_…` secrets; a notice that is signed with any of them is valid. */
  readonly webhookSecrets: readonly string[];
  /** The URL that a buyer returns to from a page of the bank; `orderId` is added to its query. */
  readonly returnUrl: string;
  /** Origin of Stripe's API. */
  readonly apiUrl: string;
  /** Called where a setting is wrong. */
  readonly onMisconfigured: OnMisconfigured;
  /** Milliseconds since the epoch; the system's clock where it is left out. */
  readonly now?: () => number;
}

/**
 * Takes payments by Stripe's payment intents that are captured later. An intent is first created, which holds no money, and then
 * confirmed with the means of payment. Where an answer is lost, the intent can so be cancelled by its key, and no money is held.
 */
export async function createStripeProvider(options: StripeOptions): Promise<PaymentProvider> {
  return new StripeProvider(await openStripe(options), options);
}

const CHARGE = { expand: ['latest_charge'] };

class StripeProvider implements PaymentProvider {
  readonly name = 'stripe';
  readonly capabilities = { partialCapture: true, multipleCaptures: false, void: true, refund: true };
  readonly #errors: StripeErrors;
  readonly #webhooks: StripeWebhooks;

  constructor(
    private readonly stripe: Stripe,
    private readonly options: StripeOptions,
  ) {
    this.#errors = new StripeErrors(options.onMisconfigured);
    this.#webhooks = new StripeWebhooks(stripe, options);
  }

  authorize(payment: PaymentRequest): Promise<AuthorizationOutcome> {
    return this.#asked('authorize', async () => {
      if (payment.reference !== null) return authorizationIn(await this.#intent(payment.reference));
      const made = await this.#make(payment, payment.idempotencyKey);
      return made === null ? NO_SUCH_AMOUNT : authorizationIn(await this.#confirm(made.id, payment));
    });
  }

  capture({ reference, amount, idempotencyKey }: PaymentRequest): Promise<ProviderOutcome> {
    return this.#asked('capture', async () => {
      const units = toStripe(amount);
      if (reference === null || units === null) return { ...NO_SUCH_AMOUNT, code: 'PAYMENT.CAPTURE_REFUSED' };
      const params = { amount_to_capture: units.amount };
      const capture = () => this.stripe.paymentIntents.capture(reference, params, { idempotencyKey });
      return captureIn(await this.#unlessIn('succeeded', reference, capture));
    });
  }

  void(payment: PaymentRequest & { readonly authorizationKey: string }): Promise<ProviderOutcome> {
    return this.#asked('void', async () => {
      const reference = payment.reference ?? (await this.#make(payment, payment.authorizationKey))?.id;
      // Stripe was never called for an amount that it cannot express.
      if (reference === undefined) return { outcome: 'succeeded', reference: null };
      const { idempotencyKey } = payment;
      const cancel = () => this.stripe.paymentIntents.cancel(reference, {}, { idempotencyKey });
      const { id } = await this.#unlessIn('canceled', reference, cancel);
      return { outcome: 'succeeded', reference: id };
    });
  }

  refund(refund: RefundRequest): Promise<ProviderOutcome> {
    return this.#asked('refund', async () => {
      const { reference, idempotencyKey, paymentId, orderId, refundId } = refund;
      const units = toStripe(refund.amount);
      if (reference === null || units === null) return { ...NO_SUCH_AMOUNT, code: 'PAYMENT.REFUND_REFUSED' };
      const metadata = { payment_id: paymentId, order_id: orderId, refund_id: refundId };
      const params = { payment_intent: reference, amount: units.amount, metadata };
      const said = refundIn(await this.#refundOnce(params, idempotencyKey));
      if (said.outcome !== 'unknown') return said;
      // A repeated key gets the first answer again, which may be outdated, so the refund is read.
      return refundIn(await this.stripe.refunds.retrieve(said.reference));
    });
  }

  factIn(headers: Readonly<Record<string, string>>, body: string): Promise<ProviderNotice | 'of-no-concern' | null> {
    return this.#webhooks.factIn(headers, body);
  }

  #intent(reference: string): Promise<Stripe.PaymentIntent> {
    return this.stripe.paymentIntents.retrieve(reference, CHARGE);
  }

  /** Creates the intent of a payment, or finds the one that an earlier call with the key created. Null: Stripe cannot express the amount. */
  async #make({ amount, paymentId, orderId }: PaymentRequest, key: string): Promise<Stripe.PaymentIntent | null> {
    const units = toStripe(amount);
    if (units === null) return null;
    const params: Stripe.PaymentIntentCreateParams = {
      ...units,
      capture_method: 'manual',
      automatic_payment_methods: { enabled: true },
      metadata: { payment_id: paymentId, order_id: orderId },
    };
    return this.stripe.paymentIntents.create(params, { idempotencyKey: `${key}:make` });
  }

  async #confirm(id: string, { token, orderId, idempotencyKey }: PaymentRequest): Promise<Stripe.PaymentIntent> {
    const returnUrl = new URL(this.options.returnUrl);
    returnUrl.searchParams.set('orderId', orderId);
    const means = token.startsWith('ctoken_') ? { confirmation_token: token } : { payment_method: token };
    const params = { ...means, return_url: returnUrl.href, ...CHARGE };
    try {
      return await this.stripe.paymentIntents.confirm(id, params, { idempotencyKey });
    } catch (error) {
      if (!isIndeterminate(error) && unexpectedState(error) === null) throw error;
      return this.#intent(id);
    }
  }

  /** Brings an intent into a state, unless an earlier call whose answer was lost has done so. */
  async #unlessIn(
    wanted: Stripe.PaymentIntent['status'],
    id: string,
    bring: () => Promise<Stripe.PaymentIntent>,
  ): Promise<Stripe.PaymentIntent> {
    try {
      return await bring();
    } catch (error) {
      const intent = unexpectedState(error) ?? (isIndeterminate(error) ? await this.#intent(id) : null);
      if (intent?.status !== wanted) throw error;
      return intent;
    }
  }

  /** Makes a refund, or finds the one that an earlier call made whose answer was lost. */
  async #refundOnce(params: RefundParams, idempotencyKey: string): Promise<Stripe.Refund> {
    try {
      return await this.stripe.refunds.create(params, { idempotencyKey });
    } catch (error) {
      if (!isIndeterminate(error)) throw error;
      const { data } = await this.stripe.refunds.list({ payment_intent: params.payment_intent, limit: 100 });
      const { refund_id: refundId } = params.metadata;
      const made = data.find(({ metadata, status }) => metadata?.['refund_id'] === refundId && status !== 'failed');
      if (made === undefined) throw error;
      return made;
    }
  }

  async #asked<Outcome>(operation: StripeOperation, ask: () => Promise<Outcome>): Promise<Outcome | NoSuccess> {
    try {
      return await ask();
    } catch (error) {
      return this.#errors.outcomeOf(error, operation);
    }
  }
}

interface RefundParams {
  readonly payment_intent: string;
  readonly amount: number;
  readonly metadata: { readonly payment_id: string; readonly order_id: string; readonly refund_id: string };
}

type NoSuccess = ReturnType<StripeErrors['outcomeOf']>;

const NO_SUCH_AMOUNT = {
  outcome: 'refused',
  code: 'PAYMENT.DECLINED',
  detail: 'The payment provider takes no such amount in this currency.',
} as const;
