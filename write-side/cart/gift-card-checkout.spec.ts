import { checkoutBody, expectProblem, expectStatus, usd } from '../test-support/client.js';
import type { Answer, CallOptions, Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

let harness: Harness;
let client: Client;
beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
});
afterAll(() => harness.stop());

interface Card {
  readonly id: string;
  readonly code: string;
}
async function card(amount: number, currency = 'USD'): Promise<Card> {
  const { json } = expectStatus(
    await client.post('/v1/gift-cards', { amount: { amount, currency } }, { as: 'admin' }),
    201,
  );
  return { id: String(json['giftCardId']), code: String(json['code']) };
}

/** Two units of 10.00. */
const filled = async (): Promise<string> => `/v1/carts/${await client.cart([[await client.product(), 2]])}/checkout`;
const pay = async (payment: object, options: CallOptions = {}, path?: string): Promise<Answer> =>
  client.post(path ?? (await filled()), checkoutBody({ payment }), { headers: { prefer: 'wait=10' }, ...options });

async function checkedOut(orderId: unknown) {
  for await (const { data } of harness.store.readAll({ filter: { types: ['cart.checked-out.v1'] } }))
    if (data['orderId'] === orderId) return data;
  throw new Error('the cart was not checked out');
}

describe('a checkout with gift cards', () => {
  it('takes of them what they have, in their order, and records no code', async () => {
    const [a, b] = [await card(300), await card(5000)];
    const placed = expectStatus(await pay({ giftCards: [a.code.toLowerCase(), b.code] }), 201);
    const { tenders, personal } = await checkedOut(placed.json['orderId']);
    expect(tenders).toEqual([
      { giftCardId: a.id, amount: usd(300) },
      { giftCardId: b.id, amount: usd(1700) },
    ]);
    expect(personal).not.toHaveProperty('paymentToken');
    let log = '';
    for await (const event of harness.store.readAll()) log += JSON.stringify(event);
    for (const { code } of [a, b]) expect(log).not.toContain(code.replaceAll('-', ''));
    expect(log).not.toMatch(/[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}"/);
  });

  it('needs a token for what they leave, and says how much that is', async () => {
    const { code } = await card(300);
    const answer = expectProblem(await pay({ giftCards: [code] }), 422, 'PAYMENT.TOKEN_REQUIRED');
    expect(answer.json['rest']).toEqual(usd(1700));
    expectProblem(await pay({}), 422, 'PAYMENT.TOKEN_REQUIRED');
    const placed = expectStatus(await pay({ giftCards: [code], token: 'tok_ok' }), 201);
    expect((await checkedOut(placed.json['orderId']))['tenders']).toMatchObject([{ amount: usd(300) }]);
  });

  it('is answered the same again under its key, whatever has become of the card', async () => {
    const { code } = await card(2000);
    const path = await filled();
    const again = () =>
      pay({ giftCards: [code] }, { headers: { prefer: 'wait=10', 'idempotency-key': `a-checkout-by-${code}` } }, path);
    const first = expectStatus(await again(), 201);
    await harness.restart();
    expect(expectStatus(await again(), 201).json).toEqual(first.json);
  });

  it('refuses a card named twice and more than ten, each by its place', async () => {
    const { code } = await card(300);
    const twice = expectProblem(await pay({ giftCards: [code, code.toLowerCase()] }), 422, 'GIFT_CARD.INVALID_LIST');
    expect(twice.json['errors']).toEqual([{ path: 'payment.giftCards.1', message: 'names a card again' }]);
    const many = Array.from({ length: 11 }, (_, n) => `0000-0000-0000-${1000 + n}`);
    const answer = expectProblem(await pay({ giftCards: many }), 422, 'GIFT_CARD.INVALID_LIST');
    expect(answer.json['errors']).toMatchObject([{ path: 'payment.giftCards' }]);
  });

  it('refuses codes of no card, all at once and without repeating them', async () => {
    const { code } = await card(300);
    const wrong = ['0000-1111-2222-3333', 'nothing'];
    const answer = expectProblem(await pay({ giftCards: [wrong[0], code, wrong[1]] }), 404, 'GIFT_CARD.UNKNOWN');
    const errors = answer.json['errors'] as { path: string }[];
    expect(errors.map(({ path }) => path)).toEqual(['payment.giftCards.0', 'payment.giftCards.2']);
    for (const one of wrong) expect(JSON.stringify(answer.json)).not.toContain(one);
  });

  it('refuses a card that cannot pay it', async () => {
    expectProblem(await pay({ giftCards: [(await card(300, 'EUR')).code] }), 409, 'GIFT_CARD.WRONG_CURRENCY');
    const blocked = await card(300);
    expectStatus(await client.post(`/v1/gift-cards/by-id/${blocked.id}/block`, {}, { as: 'admin' }), 200);
    expectProblem(await pay({ giftCards: [blocked.code] }), 409, 'GIFT_CARD.BLOCKED');
    const empty = await card(300);
    const taken = { amount: usd(-300), reason: 'counted' };
    expectStatus(await client.post(`/v1/gift-cards/by-id/${empty.id}/adjustments`, taken, { as: 'admin' }), 200);
    expectProblem(await pay({ giftCards: [empty.code], token: 'tok_ok' }), 409, 'GIFT_CARD.EMPTY');
  });
});

describe('an order that gift cards pay', () => {
  it('is refunded to the provider first and then to the card, and shows what each tender has', async () => {
    const { id, code } = await card(500);
    const placed = expectStatus(await pay({ giftCards: [code], token: 'tok_ok' }), 201);
    const orderId = String(placed.json['orderId']);
    await harness.saga.capture(orderId);
    const refund = (amount: number) =>
      client.post(`/v1/orders/${orderId}/refunds`, { amount: usd(amount), reason: 'broken' }, { as: 'support' });
    const { json } = expectStatus(await refund(1600), 202);
    expect(json['payment']).toMatchObject({ authorized: usd(1500), captured: usd(1500) });
    expect(json['tenders']).toEqual([
      { kind: 'gift-card', giftCardId: id, authorized: usd(500), captured: usd(500), refunded: usd(0) },
      {
        kind: 'provider',
        paymentId: `pay-${orderId}`,
        authorized: usd(1500),
        captured: usd(1500),
        refunded: usd(0),
      },
    ]);
    const asked = [];
    for await (const { type, data } of harness.store.read(`order-${orderId}`))
      if (type === 'order.refund-requested.v1') asked.push(data);
    expect(asked).toMatchObject([{ amount: usd(1600), tenders: [{ giftCardId: id, amount: usd(100) }] }]);
    expectProblem(await refund(401), 409, 'PAYMENT.REFUND_EXCEEDS_CAPTURED');
    expectStatus(await refund(400), 202);
  });
});

describe('wrong codes of gift cards', () => {
  it('are limited, right ones too once there were too many', async () => {
    const limited = await startHarness({ abuseLimits: true });
    const path = `/v1/carts/${await limited.client.cart([[await limited.client.product(), 1]])}/checkout`;
    const guess = (giftCards: readonly string[]) =>
      limited.client.post(path, checkoutBody({ payment: { token: 'tok_ok', giftCards } }));
    const ten = (from: number) => Array.from({ length: 10 }, (_, n) => `0000-0000-0000-${from + n}`);
    for (const from of [1000, 1010]) expectProblem(await guess(ten(from)), 404, 'GIFT_CARD.UNKNOWN');
    expectProblem(await guess(['0000-0000-0000-9999']), 429, 'REQUEST.TOO_MANY_WRONG_CODES');
    expectStatus(await guess([]), 202);
    await limited.stop();
  });
});
