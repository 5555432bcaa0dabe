import type { PaymentProvider, PaymentReference } from './payment-provider.js';

/** A provider under test with the tokens that make it say yes and no at once. */
export interface ProviderUnderTest {
  readonly provider: PaymentProvider;
  readonly acceptedToken: string;
  readonly declinedToken: string;
  close(): void;
}

let count = 0;
const payment = (token: string): PaymentReference => {
  count += 1;
  return {
    paymentId: `payment-${count}`,
    idempotencyKey: `key-${count}`,
    token,
    amount: { amount: 1999, currency: 'USD' },
  };
};

/** What every payment provider promises. */
export function paymentProviderContract(open: () => ProviderUnderTest): void {
  let under: ProviderUnderTest;
  beforeEach(() => {
    under = open();
  });
  afterEach(() => under.close());

  it('has a name that fits into a path', () => {
    expect(under.provider.name).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it('authorises, captures and refunds a good means of payment', async () => {
    const { provider, acceptedToken } = under;
    expect(await provider.authorize(payment(acceptedToken))).toMatchObject({ outcome: 'succeeded' });
    expect(await provider.capture(payment(acceptedToken))).toEqual({ outcome: 'succeeded' });
    expect(await provider.refund(payment(acceptedToken))).toEqual({ outcome: 'succeeded' });
  });

  it('says in RFC 3339 UTC until when it holds the money, where it says so', async () => {
    const { expiresAt } = { expiresAt: undefined, ...(await under.provider.authorize(payment(under.acceptedToken))) };
    if (expiresAt !== undefined) expect(new Date(expiresAt).toISOString()).toBe(expiresAt);
  });

  it('voids an authorisation', async () => {
    const { provider, acceptedToken } = under;
    const authorization = payment(acceptedToken);
    await provider.authorize(authorization);
    expect(await provider.void({ ...authorization, idempotencyKey: 'void-1' })).toEqual({ outcome: 'succeeded' });
  });

  it('refuses with a stable code and a sentence', async () => {
    const { provider, declinedToken } = under;
    expect(await provider.authorize(payment(declinedToken))).toEqual({
      outcome: 'refused',
      code: expect.stringMatching(/^PAYMENT\.[A-Z_]+$/),
      detail: expect.stringMatching(/\.$/),
    });
  });

  it.each(['acceptedToken', 'declinedToken'] as const)('gives the same key the same answer (%s)', async (kind) => {
    const reference = payment(under[kind]);
    const first = await under.provider.authorize(reference);
    expect(await under.provider.authorize(reference)).toEqual(first);
  });

  it('takes no notice from a body that is not signed', () => {
    const body = JSON.stringify({ type: 'payment.authorized', data: { paymentId: 'payment-1' } });
    expect(under.provider.verify({}, body)).toBeNull();
  });
}
