import { checkoutBody, expectProblem, expectStatus } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness({ abuseLimits: true, settles: 'pending' });
});
afterEach(() => harness.stop());

async function checkOut(bearer?: string, headers: Readonly<Record<string, string>> = {}) {
  const cartId = await harness.client.cart([[await harness.client.product(), 1]]);
  const as = bearer === undefined ? { headers } : { headers, bearer };
  return harness.client.post(`/v1/carts/${cartId}/checkout`, checkoutBody(), as);
}

describe('a client', () => {
  it('has at most five checkouts that are not settled, however many it sends at once and across a restart', async () => {
    const answers = await Promise.all(Array.from({ length: 9 }, () => checkOut()));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 202, 202, 429, 429, 429, 429]);
    await harness.restart();
    const sixth = await checkOut();
    expectProblem(sixth, 429, 'CHECKOUT.TOO_MANY_PENDING');
    expect(sixth.headers.get('retry-after')).toBe('5');
    expectStatus(await checkOut(await harness.token('customer', 'somebody-else')), 202);
  });

  it('may check out again once one of them is settled', async () => {
    harness.saga.settles = 'confirmed';
    for (let n = 0; n < 8; n++) expectStatus(await checkOut(undefined, { prefer: 'wait=10' }), 201);
  });

  it('gets the first answer again under its key, also when it has five under way', async () => {
    const cartId = await harness.client.cart([[await harness.client.product(), 1]]);
    const headers = { 'idempotency-key': 'a-key-that-nobody-guesses-1' };
    const send = () => harness.client.post(`/v1/carts/${cartId}/checkout`, checkoutBody(), { headers });
    const first = expectStatus(await send(), 202).json;
    for (let n = 0; n < 4; n++) expectStatus(await checkOut(), 202);
    expectProblem(await checkOut(), 429, 'CHECKOUT.TOO_MANY_PENDING');
    await harness.restart();
    expect(expectStatus(await send(), 202).json['orderId']).toBe(first['orderId']);
  });

  it('is not charged for what its cart refuses', async () => {
    const cartId = await harness.client.cart();
    for (let n = 0; n < 7; n++) {
      expectProblem(await harness.client.post(`/v1/carts/${cartId}/checkout`, checkoutBody()), 409, 'CART.EMPTY');
    }
    expectStatus(await checkOut(), 202);
  });

  it('stands in the log by a keyed hash alone', async () => {
    expectStatus(await checkOut(), 202);
    for await (const event of harness.store.readAll({ filter: { types: ['quota.checkout-admitted.v1'] } })) {
      expect(event.data['client']).toMatch(/^[0-9a-f]{32}$/);
      expect(JSON.stringify(event)).not.toContain('127.0.0.1');
    }
  });
});
