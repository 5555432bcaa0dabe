import { paymentProviderContract } from '../payment-provider.contract.js';
import type { PaymentRequest } from '../payment-provider.js';
import { CAPTURE_BEFORE } from './test-support/answers.js';
import { asked, next, openStripeUnderTest, usd, type StripeUnderTest } from './test-support/open-stripe.js';
import { STRIPE_MOCK_URL } from './test-support/stripe-mock.js';

if (STRIPE_MOCK_URL === null) {
  process.stderr.write('\nNOT TESTED for want of stripe-mock (STRIPE_MOCK_URL): whether Stripe has such requests\n');
}

describe('Stripe', () => {
  let under: StripeUnderTest;
  beforeEach(async () => (under = await openStripeUnderTest()));
  afterEach(() => under.close());

  const held = async (request: PaymentRequest = asked('pm_card_visa')) => {
    const said = await under.provider.authorize(request);
    if (said.outcome !== 'succeeded') throw new Error(JSON.stringify(said));
    return { request, reference: said.reference };
  };
  const captured = async () => {
    const { request, reference } = await held();
    expect(await under.provider.capture(next(request, reference))).toMatchObject({ outcome: 'succeeded' });
    return { request, reference };
  };
  const paths = () => under.stripe.calls.map(({ method, path }) => `${method} ${path.replace(/pi_\w+/, 'ID')}`);

  describe('as any payment provider', () => {
    paymentProviderContract(async () => {
      const { provider, close } = await openStripeUnderTest();
      return { provider, acceptedToken: 'pm_card_visa', declinedToken: 'pm_card_chargeDeclined', close };
    });
  });

  it('holds money by an intent that names the payment and is captured later', async () => {
    const request = asked('pm_card_visa');
    expect(await under.provider.authorize(request)).toEqual({
      outcome: 'succeeded',
      reference: expect.stringMatching(/^pi_/),
      amount: usd(1_999),
      expiresAt: new Date(CAPTURE_BEFORE * 1000).toISOString(),
    });
    expect(paths()).toEqual(['POST /v1/payment_intents', 'POST /v1/payment_intents/ID/confirm']);
    const [made, confirmed] = under.stripe.calls.map(({ params, key }) => ({ key, ...Object.fromEntries(params) }));
    expect(made).toMatchObject({
      key: `${request.idempotencyKey}:make`,
      amount: '1999',
      currency: 'usd',
      capture_method: 'manual',
      'metadata[payment_id]': request.paymentId,
      'metadata[order_id]': request.orderId,
    });
    expect(confirmed).toMatchObject({ key: request.idempotencyKey, payment_method: 'pm_card_visa' });
  });

  it('takes what Stripe’s elements collected as well', async () => {
    await held(asked('ctoken_1'));
    expect(under.stripe.calls.at(-1)?.params.get('confirmation_token')).toBe('ctoken_1');
  });

  it.each([
    ['pm_card_chargeDeclined', 'PAYMENT.DECLINED', 'Your card was declined.'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'PAYMENT.INSUFFICIENT_FUNDS', 'Your card has insufficient funds.'],
    ['pm_card_chargeDeclinedExpiredCard', 'PAYMENT.DECLINED', 'Your card has expired.'],
    ['pm_card_chargeDeclinedFraudulent', 'PAYMENT.DECLINED', 'Your card was declined.'],
  ])('declines %s with %s, in words for the buyer', async (token, code, detail) => {
    const request = asked(token);
    const no = { outcome: 'refused', code, detail, reference: expect.stringMatching(/^pi_/) };
    expect(await under.provider.authorize(request)).toEqual(no);
    const { id } = under.stripe.intentOf(request.paymentId);
    expect(await under.provider.authorize({ ...request, reference: id })).toEqual(no);
  });

  it('declines a means of payment that it does not know, without its words for developers', async () => {
    const said = await under.provider.authorize(asked('tok_ok'));
    expect(said).toMatchObject({ outcome: 'refused', code: 'PAYMENT.DECLINED' });
    expect(JSON.stringify(said)).not.toContain('tok_ok');
  });

  describe('3-D Secure', () => {
    const request = asked('pm_card_threeDSecure2Required');
    const ask = async () => {
      const first = await under.provider.authorize(request);
      if (first.outcome !== 'action-required') throw new Error(JSON.stringify(first));
      return { first, again: () => under.provider.authorize({ ...request, reference: first.reference }) };
    };

    it('sends the buyer to the bank and back to the shop', async () => {
      const { first, again } = await ask();
      expect(first.action).toEqual({
        type: 'redirect',
        url: expect.stringMatching(/^https:\/\/hooks\.stripe\.com\/3d_secure_2\//),
      });
      const back = `https://shop.example/thanks?from=bank&orderId=${request.orderId}`;
      expect(under.stripe.calls.at(-1)?.params.get('return_url')).toBe(back);
      expect(await again()).toEqual(first);
    });

    it('holds the money once the buyer has confirmed', async () => {
      const { first, again } = await ask();
      under.stripe.buyerConfirms(request.paymentId);
      expect(await again()).toMatchObject({ outcome: 'succeeded', reference: first.reference, amount: usd(1_999) });
    });

    it('is a decline where the buyer could not', async () => {
      const { again } = await ask();
      under.stripe.buyerFails(request.paymentId);
      expect(await again()).toMatchObject({ outcome: 'refused', code: 'PAYMENT.DECLINED' });
    });

    it('holds nothing after a release, whether the buyer confirms then or not', async () => {
      const { first } = await ask();
      const voiding = { ...next(request, first.reference), authorizationKey: request.idempotencyKey };
      expect(await under.provider.void(voiding)).toEqual({ outcome: 'succeeded', reference: first.reference });
      expect(under.stripe.intentOf(request.paymentId).status).toBe('canceled');
    });
  });

  it('takes less than it holds, and lets the rest go', async () => {
    const { request, reference } = await held();
    const said = await under.provider.capture(next(request, reference, usd(1_500)));
    expect(said).toEqual({ outcome: 'succeeded', reference: expect.stringMatching(/^ch_/) });
    expect(under.stripe.intentOf(request.paymentId)).toMatchObject({ amount_received: 1_500, amount_capturable: 0 });
  });

  it('refuses for good to take what ran out, and to give back what was not taken', async () => {
    const { request, reference } = await held();
    under.stripe.expires(request.paymentId);
    const capture = await under.provider.capture(next(request, reference));
    expect(capture).toMatchObject({ outcome: 'refused', code: 'PAYMENT.CAPTURE_REFUSED' });
    const refund = await under.provider.refund(next(request, reference));
    expect(refund).toMatchObject({ outcome: 'refused', code: 'PAYMENT.REFUND_REFUSED' });
  });

  it('refuses to let go what was taken', async () => {
    const { request, reference } = await captured();
    const voiding = { ...next(request, reference), authorizationKey: request.idempotencyKey };
    expect(await under.provider.void(voiding)).toMatchObject({ outcome: 'refused', code: 'PAYMENT.VOID_FAILED' });
  });

  it('gives back by a refund that names ours, and waits for a bank that takes its time', async () => {
    const { request, reference } = await captured();
    under.stripe.refundStatus = 'pending';
    const refund = next(request, reference, usd(500));
    expect(await under.provider.refund(refund)).toMatchObject({ outcome: 'unknown' });
    expect(under.stripe.refundNamed(refund.refundId)).toMatchObject({
      amount: 500,
      metadata: { payment_id: request.paymentId, refund_id: refund.refundId },
    });
    under.stripe.settleRefund(refund.refundId, 'succeeded');
    const { id } = under.stripe.refundNamed(refund.refundId);
    expect(await under.provider.refund(refund)).toEqual({ outcome: 'succeeded', reference: id });
    under.stripe.refundStatus = 'failed';
    const failed = await under.provider.refund(next(request, reference, usd(100)));
    expect(failed).toMatchObject({ outcome: 'refused', code: 'PAYMENT.REFUND_REFUSED', reference: expect.any(String) });
  });
});

describe('amounts at Stripe', () => {
  let under: StripeUnderTest;
  beforeEach(async () => (under = await openStripeUnderTest()));
  afterEach(() => under.close());

  it.each([
    ['USD', 1_999, '1999'],
    ['JPY', 500, '500'],
    ['KWD', 5_120, '5120'],
    ['ISK', 700, '70000'],
    ['UGX', 700, '70000'],
    ['MGA', 70_000, '700'],
  ])('of %s are in its smallest units, and back', async (currency, amount, units) => {
    const said = await under.provider.authorize(asked('pm_card_visa', { amount, currency }));
    expect(said).toMatchObject({ outcome: 'succeeded', amount: { amount, currency } });
    expect(under.stripe.calls[0]?.params.get('amount')).toBe(units);
  });

  it.each([
    ['KWD', 5_125],
    ['MGA', 70_050],
  ])('that it does not have are refused without asking: %s %i', async (currency, amount) => {
    const request = asked('pm_card_visa', { amount, currency });
    expect(await under.provider.authorize(request)).toMatchObject({ outcome: 'refused', code: 'PAYMENT.DECLINED' });
    const voiding = { ...next(request, null), authorizationKey: request.idempotencyKey };
    expect(await under.provider.void(voiding)).toEqual({ outcome: 'succeeded', reference: null });
    expect(under.stripe.calls).toEqual([]);
  });
});
