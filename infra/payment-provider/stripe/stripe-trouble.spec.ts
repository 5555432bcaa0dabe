import { asked, next, openStripeUnderTest, type StripeUnderTest } from './test-support/open-stripe.js';

// What is between us and Stripe: answers that never come, or come as errors.

describe('Stripe in trouble', () => {
  let under: StripeUnderTest;
  beforeEach(async () => (under = await openStripeUnderTest()));
  afterEach(() => under.close());

  const request = asked('pm_card_visa');
  const authorize = () => under.provider.authorize(request);
  const held = async (): Promise<string> => {
    await authorize();
    return under.stripe.intentOf(request.paymentId).id;
  };

  it.each([
    ['cut', 'before it was heard'],
    ['cut-after', 'after it was carried out'],
    [429, 'as it is busy'],
    [503, 'as it is broken'],
  ] as const)('says nothing when a call comes to %s (%s), and the same as ever to the next', async (fault, _why) => {
    // Twice: where a connection that was kept has closed, the library itself tries once more.
    under.stripe.faults.push(fault, fault);
    expect(await authorize()).toMatchObject({ outcome: 'unknown' });
    under.stripe.faults.length = 0;
    expect(await authorize()).toMatchObject({ outcome: 'succeeded' });
    expect(under.stripe.intentOf(request.paymentId).status).toBe('requires_capture');
  });

  it('is looked up where it keeps a server error under the key, though it did what was asked', async () => {
    const reference = await held();
    const capture = next(request, reference);
    under.stripe.faults.push('500-after');
    expect(await under.provider.capture(capture)).toMatchObject({ outcome: 'succeeded' });
    expect(await under.provider.capture(capture)).toMatchObject({ outcome: 'succeeded' });
    const refund = next(request, reference);
    under.stripe.faults.push('500-after');
    const { refundId } = refund;
    expect(await under.provider.refund(refund)).toEqual({
      outcome: 'succeeded',
      reference: under.stripe.refundNamed(refundId).id,
    });
  });

  it('takes, gives back and lets go once, also where it has forgotten the key', async () => {
    const reference = await held();
    const capture = next(request, reference);
    const first = await under.provider.capture(capture);
    under.stripe.forgetKeys();
    expect(await under.provider.capture(capture)).toEqual(first);
    const other = asked('pm_card_visa');
    await under.provider.authorize(other);
    const voiding = {
      ...next(other, under.stripe.intentOf(other.paymentId).id),
      authorizationKey: other.idempotencyKey,
    };
    const released = await under.provider.void(voiding);
    under.stripe.forgetKeys();
    expect(await under.provider.void(voiding)).toEqual(released);
  });

  it('holds nothing that comes after a release by the key alone', async () => {
    const voiding = { ...next(request, null), authorizationKey: request.idempotencyKey };
    expect(await under.provider.void(voiding)).toMatchObject({ outcome: 'succeeded' });
    expect(await authorize()).toMatchObject({ outcome: 'refused' });
    expect(under.stripe.intentOf(request.paymentId).status).toBe('canceled');
  });

  it('finds what it decided under a key whose request has changed since', async () => {
    await held();
    const moved = await openStripeUnderTest({ apiUrl: under.stripe.url, returnUrl: 'https://other.example/' });
    expect(await moved.provider.authorize(request)).toMatchObject({ outcome: 'succeeded' });
    await moved.close();
  });

  it('decides nothing with a wrong key, and says so to who runs the shop', async () => {
    const wrong = await openStripeUnderTest({ secretKey: 'sk_test_wrong' });
    expect(await wrong.provider.authorize(request)).toMatchObject({ outcome: 'unknown' });
    expect(wrong.misconfigured).toEqual([expect.stringContaining('Stripe does not know STRIPE_SECRET_KEY')]);
    expect(JSON.stringify(wrong.misconfigured)).not.toContain('sk_test');
    await wrong.close();
  });
});
