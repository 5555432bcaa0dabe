import { createHmac } from 'node:crypto';
import { ProviderUnavailableError, type PaymentRequest } from '../payment-provider.js';
import { CAPTURE_BEFORE, CREATED, disputeOf, eventOf } from './test-support/answers.js';
import {
  asked,
  next,
  openStripeUnderTest,
  usd,
  WEBHOOK_SECRET,
  type StripeUnderTest,
} from './test-support/open-stripe.js';

const NOW = 1_793_700_000_000;

/** https://docs.stripe.com/webhooks#verify-manually */
const signed = (body: string, secret = WEBHOOK_SECRET, at = NOW / 1000) => {
  const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  return { 'stripe-signature': `t=${at},v1=${signature}` };
};

describe('a webhook of Stripe', () => {
  let under: StripeUnderTest;
  let request: PaymentRequest;
  beforeEach(async () => {
    under = await openStripeUnderTest({ now: () => NOW });
    request = asked('pm_card_visa');
  });
  afterEach(() => under.close());

  const read = (body: string, headers = signed(body)) => under.provider.factIn(headers, body);
  const ofIntent = (type: string) => read(eventOf(`payment_intent.${type}`, under.stripe.intentOf(request.paymentId)));
  const reference = () => under.stripe.intentOf(request.paymentId).id;
  const told = (fact: object) => ({
    webhookId: 'evt_3MtwBwLkdIwHu7ix2G0DD0B4',
    paymentId: request.paymentId,
    fact,
  });

  it('tells that money is held, and until when, which the webhook itself does not say', async () => {
    await under.provider.authorize(request);
    const expiresAt = new Date(CAPTURE_BEFORE * 1000).toISOString();
    expect(await ofIntent('amount_capturable_updated')).toEqual(
      told({ kind: 'authorized', reference: reference(), amount: usd(1_999), expiresAt }),
    );
  });

  it('is to be sent again where Stripe has to be asked and is away', async () => {
    await under.provider.authorize(request);
    under.stripe.faults.push('cut', 'cut');
    await expect(ofIntent('amount_capturable_updated')).rejects.toBeInstanceOf(ProviderUnavailableError);
  });

  it('tells of a decline, and of a buyer who has to confirm', async () => {
    request = asked('pm_card_chargeDeclinedInsufficientFunds');
    await under.provider.authorize(request);
    const why = { code: 'PAYMENT.INSUFFICIENT_FUNDS', detail: 'Your card has insufficient funds.' };
    expect(await ofIntent('payment_failed')).toEqual(told({ kind: 'declined', reference: reference(), ...why }));
    request = asked('pm_card_threeDSecure2Required');
    await under.provider.authorize(request);
    const action = { type: 'redirect', url: expect.stringContaining('3d_secure_2') };
    expect(await ofIntent('requires_action')).toEqual(
      told({ kind: 'action-required', reference: reference(), action }),
    );
  });

  it('tells that money was taken, and that it was let go', async () => {
    await under.provider.authorize(request);
    await under.provider.capture(next(request, reference()));
    expect(await ofIntent('succeeded')).toEqual(
      told({ kind: 'captured', reference: reference().replace('pi_', 'ch_') }),
    );
    request = asked('pm_card_visa');
    await under.provider.authorize(request);
    under.stripe.expires(request.paymentId);
    expect(await ofIntent('canceled')).toEqual(told({ kind: 'voided', reference: reference() }));
  });

  it.each([
    ['succeeded', { kind: 'refunded' }],
    ['failed', { kind: 'refund-failed', code: 'PAYMENT.REFUND_REFUSED', detail: expect.any(String) }],
  ])('tells how a refund ended: %s', async (status, fact) => {
    await under.provider.authorize(request);
    await under.provider.capture(next(request, reference()));
    under.stripe.refundStatus = status;
    const refund = next(request, reference(), usd(100));
    await under.provider.refund(refund);
    const made = under.stripe.refundNamed(refund.refundId);
    expect(await read(eventOf('refund.updated', made))).toEqual(
      told({ ...fact, reference: made.id, refundId: refund.refundId }),
    );
    const pending = eventOf('refund.created', { ...made, status: 'pending' });
    expect(await read(pending)).toBe('of-no-concern');
    expect(await read(eventOf('refund.updated', { ...made, metadata: {} }))).toBe('of-no-concern');
  });

  it.each([
    ['created', 'needs_response', { kind: 'disputed', reason: 'fraudulent', respondBy: CREATED + 86_400 }],
    ['closed', 'lost', { kind: 'dispute-closed', outcome: 'lost' }],
    ['closed', 'won', { kind: 'dispute-closed', outcome: 'won' }],
    ['closed', 'warning_closed', { kind: 'dispute-closed', outcome: 'won' }],
  ])('tells of a dispute that was %s: %s', async (what, status, { respondBy, ...fact }: DisputeFact) => {
    await under.provider.authorize(request);
    const dispute = { reference: 'dp_1MtJUT2eZvKYlo2CNaw2HvEv', amount: usd(1_999), ...fact };
    const until = respondBy === undefined ? {} : { respondBy: new Date(respondBy * 1000).toISOString() };
    expect(await read(eventOf(`charge.dispute.${what}`, disputeOf(reference(), status)))).toEqual(
      told({ ...dispute, ...until }),
    );
  });

  it('about something else is of no concern', async () => {
    await under.provider.authorize(request);
    const intent = under.stripe.intentOf(request.paymentId);
    expect(await read(eventOf('customer.created', { id: 'cus_1', object: 'customer' }))).toBe('of-no-concern');
    expect(await read(eventOf('payment_intent.canceled', { ...intent, metadata: {} }))).toBe('of-no-concern');
    expect(await read(eventOf('payment_intent.payment_failed', { ...intent, status: 'processing' }))).toBe(
      'of-no-concern',
    );
  });

  it('counts only with a signature of the last minutes, made with a secret of the endpoint', async () => {
    const body = eventOf('customer.created', {});
    const old = await openStripeUnderTest({ now: () => NOW, webhookSecrets: ['whsec_new', WEBHOOK_SECRET] });
    expect(await old.provider.factIn(signed(body), body)).toBe('of-no-concern');
    expect(await old.provider.factIn(signed(body, 'whsec_new'), body)).toBe('of-no-concern');
    await old.close();
    expect(await read(body, signed(body, WEBHOOK_SECRET, NOW / 1000 - 299))).toBe('of-no-concern');
    for (const headers of [
      signed(body, 'whsec_other'),
      signed(`${body} `),
      signed(body, WEBHOOK_SECRET, NOW / 1000 - 301),
      { 'stripe-signature': 't=1' },
      { 'stripe-signature': '' },
    ]) {
      expect(await read(body, headers)).toBeNull();
    }
  });

  it('that is signed and no event counts for nothing', async () => {
    expect(await read('no json')).toBeNull();
    expect(await read('null')).toBeNull();
    expect(await read('{"object":"v2.core.event"}')).toBeNull();
  });
});

interface DisputeFact {
  readonly kind: string;
  readonly respondBy?: number;
}
