import { createHmac, randomUUID } from 'node:crypto';
import { eventOf } from '../../payment-provider/stripe/test-support/answers.js';
import { StripeDouble } from '../../payment-provider/stripe/test-support/stripe-double.js';
import type { PaymentWithFacts } from '../../../domain/payment/index.js';
import { eventually, expectStatus, Shop, useEngines } from '../test-support/index.js';

const WEBHOOK_SECRET = 'whsec_a9f8b7c6d5e4f3a2b1c0d9e8f7a6b5c4';
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('an order that is paid with Stripe', () => {
  const engines = useEngines('all tests');
  let stripe: StripeDouble;
  let shop: Shop;
  beforeAll(async () => {
    stripe = await StripeDouble.start();
    const env = {
      STRIPE_SECRET_KEY: stripe.secretKey,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_RETURN_URL: 'https://shop.example/thanks',
      STRIPE_API_URL: stripe.url,
    };
    shop = new Shop(await engines.start({ env }));
    await shop.product({ sku: 'S-1', price: 250, stock: 100 });
  }, 60_000);
  afterAll(() => stripe.close());

  const tell = (type: string, object: object, secret = WEBHOOK_SECRET) => {
    const raw = eventOf(type, object, `evt_${randomUUID()}`);
    const at = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', secret).update(`${at}.${raw}`).digest('hex');
    const headers = { 'stripe-signature': `t=${at},v1=${signature}` };
    // It is sent as the same text.
    const body = JSON.parse(raw) as object;
    return shop.http.call('POST', '/v1/webhooks/payments/stripe', { body, headers });
  };
  const payment = (orderId: string) =>
    eventually('money is asked for', async () => (await shop.order(orderId)).payment ?? undefined);
  const facts = async (orderId: string) => {
    const { paymentId } = await payment(orderId);
    return shop.read<PaymentWithFacts>(`/v1/payments/${paymentId}`, 'support');
  };

  it('is authorised at the checkout, captured when it ships and refunded there', async () => {
    const orderId = await shop.buy([['S-1', 2]], 'pm_card_visa');
    expect(await shop.ended(orderId)).toMatchObject({
      status: 'confirmed',
      payment: { status: 'authorized', authorized: usd(500), expiresAt: expect.any(String) },
    });
    await shop.ship(orderId);
    await shop.orderWhen(orderId, (order) => order.payment?.captured.amount === 500);
    const body = { amount: usd(100), reason: 'scratched' };
    expectStatus(await shop.http.call('POST', `/v1/orders/${orderId}/refunds`, { body, as: 'support' }), 202);
    await shop.orderWhen(orderId, (order) => order.payment?.refunded.amount === 100);
    const { provider, reference, facts: happened } = await facts(orderId);
    expect([provider, reference]).toEqual(['stripe', expect.stringMatching(/^pi_/)]);
    expect(happened.map(({ type, reference: name }) => `${type} ${name?.slice(0, 3) ?? ''}`)).toEqual([
      'requested ',
      'authorized pi_',
      'capture-requested ',
      'captured ch_',
      'refund-requested ',
      'refunded re_',
    ]);
  }, 60_000);

  it('is rejected with what Stripe says to the buyer, at once or once the bank has asked them', async () => {
    const orderId = await shop.buy([['S-1', 1]], 'pm_card_chargeDeclinedInsufficientFunds');
    expect(await shop.ended(orderId)).toMatchObject({
      status: 'rejected',
      rejection: { code: 'PAYMENT.INSUFFICIENT_FUNDS', detail: 'Your card has insufficient funds.' },
    });
    const other = await shop.buy([['S-1', 1]], 'pm_card_threeDSecure2Required');
    await shop.orderWhen(other, (order) => order.payment?.action !== undefined);
    const { paymentId } = await payment(other);
    stripe.buyerFails(paymentId);
    expectStatus(await tell('payment_intent.payment_failed', stripe.intentOf(paymentId)), 200);
    expect(await shop.ended(other)).toMatchObject({ status: 'rejected', rejection: { code: 'PAYMENT.DECLINED' } });
  }, 60_000);

  it('sends the buyer to the bank, and is confirmed by the webhook that says what they did', async () => {
    const orderId = await shop.buy([['S-1', 3]], 'pm_card_threeDSecure2Required');
    const waiting = await shop.orderWhen(orderId, (order) => order.payment?.action !== undefined);
    expect(waiting).toMatchObject({
      status: 'pending',
      payment: { status: 'requested', action: { type: 'redirect', url: expect.stringContaining('3d_secure_2') } },
    });
    const { paymentId } = await payment(orderId);
    stripe.buyerConfirms(paymentId);
    const held = stripe.intentOf(paymentId);
    expectStatus(await tell('payment_intent.amount_capturable_updated', held, 'whsec_of_somebody_else'), 401);
    for (let times = 0; times < 2; times += 1) {
      expectStatus(await tell('payment_intent.amount_capturable_updated', held), 200);
    }
    const confirmed = await shop.ended(orderId);
    expect(confirmed).toMatchObject({ status: 'confirmed', payment: { status: 'authorized', authorized: usd(750) } });
    expect(confirmed.payment).not.toHaveProperty('action');
  }, 60_000);
});
