import { randomUUID } from 'node:crypto';
import type { PaymentProvider, PaymentRequest, RefundRequest } from '../../payment-provider.js';
import { createStripeProvider, type StripeOptions } from '../stripe-provider.js';
import { StripeDouble } from './stripe-double.js';

export const WEBHOOK_SECRET = 'whsec_a9f8b7c6d5e4f3a2b1c0d9e8f7a6b5c4';

export interface StripeUnderTest {
  readonly stripe: StripeDouble;
  readonly provider: PaymentProvider;
  readonly misconfigured: string[];
  close(): Promise<void>;
}

export async function openStripeUnderTest(more: Partial<StripeOptions> = {}): Promise<StripeUnderTest> {
  const stripe = await StripeDouble.start();
  const misconfigured: string[] = [];
  const provider = await createStripeProvider({
    secretKey: stripe.secretKey,
    webhookSecrets: [WEBHOOK_SECRET],
    returnUrl: 'https://shop.example/thanks?from=bank',
    apiUrl: stripe.url,
    onMisconfigured: (problem) => misconfigured.push(problem),
    ...more,
  });
  return { stripe, provider, misconfigured, close: () => stripe.close() };
}

export const usd = (amount: number) => ({ amount, currency: 'USD' });

export const asked = (token: string, amount = usd(1_999)): PaymentRequest => ({
  paymentId: randomUUID(),
  orderId: randomUUID(),
  idempotencyKey: randomUUID(),
  token,
  amount,
  reference: null,
});

/** A later request about the same payment. */
export const next = (request: PaymentRequest, reference: string | null, amount = request.amount): RefundRequest => ({
  ...request,
  idempotencyKey: randomUUID(),
  reference,
  amount,
  refundId: randomUUID(),
});
