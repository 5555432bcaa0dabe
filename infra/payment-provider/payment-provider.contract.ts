import { randomUUID } from 'node:crypto';
import type { PaymentProvider, PaymentRequest } from './payment-provider.js';

/** A provider under test with the tokens that make it say yes and no at once. */
export interface ProviderUnderTest {
  readonly provider: PaymentProvider;
  readonly acceptedToken: string;
  readonly declinedToken: string;
  close(): void | Promise<void>;
}

const payment = (token: string): PaymentRequest => ({
  paymentId: randomUUID(),
  orderId: randomUUID(),
  idempotencyKey: randomUUID(),
  token,
  amount: { amount: 1999, currency: 'USD' },
  reference: null,
});

/** A later request about an authorised payment. */
const later = (authorized: PaymentRequest): PaymentRequest => ({ ...authorized, idempotencyKey: randomUUID() });

/** What every payment provider promises. */
export function paymentProviderContract(open: () => ProviderUnderTest | Promise<ProviderUnderTest>): void {
  let under: ProviderUnderTest;
  beforeEach(async () => {
    under = await open();
  });
  afterEach(() => under.close());

  /** The request with the reference that later ones name the payment by. */
  async function authorize(request = payment(under.acceptedToken)): Promise<PaymentRequest> {
    const said = await under.provider.authorize(request);
    expect(said).toMatchObject({ outcome: 'succeeded', reference: expect.stringMatching(/./) });
    return { ...request, reference: said.outcome === 'succeeded' ? said.reference : null };
  }
  const voiding = (request: PaymentRequest) => ({ ...later(request), authorizationKey: request.idempotencyKey });
  const SUCCEEDED = { outcome: 'succeeded', reference: expect.stringMatching(/./) };

  it('has a name that fits into a path', () => {
    expect(under.provider.name).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  it('says what it can', () => {
    const { capabilities } = under.provider;
    expect(Object.keys(capabilities).sort()).toEqual(['multipleCaptures', 'partialCapture', 'refund', 'void']);
    if (capabilities.multipleCaptures) expect(capabilities.partialCapture).toBe(true);
  });

  it('authorises, captures and refunds a good means of payment, and names each', async () => {
    const { provider } = under;
    const held = await authorize();
    expect(await provider.capture(later(held))).toEqual(SUCCEEDED);
    expect(await provider.refund({ ...later(held), refundId: randomUUID() })).toEqual(SUCCEEDED);
  });

  it('says in RFC 3339 UTC until when it holds the money, where it says so', async () => {
    const { expiresAt } = { expiresAt: undefined, ...(await under.provider.authorize(payment(under.acceptedToken))) };
    if (expiresAt !== undefined) expect(new Date(expiresAt).toISOString()).toBe(expiresAt);
  });

  it('voids an authorisation', async () => {
    expect(await under.provider.void(voiding(await authorize()))).toEqual(SUCCEEDED);
  });

  it('lets go what it may hold where its answer never came', async () => {
    expect(await under.provider.void(voiding(payment(under.acceptedToken)))).toEqual(SUCCEEDED);
    const unheard = await authorize();
    expect(await under.provider.void({ ...voiding(unheard), reference: null })).toEqual(SUCCEEDED);
  });

  it('refuses with a stable code and a sentence', async () => {
    expect(await under.provider.authorize(payment(under.declinedToken))).toMatchObject({
      outcome: 'refused',
      code: expect.stringMatching(/^PAYMENT\.[A-Z_]+$/),
      detail: expect.stringMatching(/\.$/),
    });
  });

  it.each(['acceptedToken', 'declinedToken'] as const)('gives the same key the same answer (%s)', async (kind) => {
    const request = payment(under[kind]);
    const first = await under.provider.authorize(request);
    expect(await under.provider.authorize(request)).toEqual(first);
  });

  it('says of an authorisation that it knows by its reference what it said before', async () => {
    const held = await authorize();
    expect(await under.provider.authorize(held)).toMatchObject({ outcome: 'succeeded', reference: held.reference });
  });

  it('takes no fact from a body that is not signed', async () => {
    const body = JSON.stringify({ type: 'payment.authorized', data: { paymentId: 'payment-1' } });
    expect(await under.provider.factIn({}, body)).toBeNull();
  });
}
