import { checkoutBody, expectProblem, expectStatus, usd } from '../test-support/client.js';
import type { Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

let harness: Harness;
let client: Client;

beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
});
afterAll(() => harness.stop());
beforeEach(() => {
  harness.saga.settles = 'confirmed';
});

describe('a checkout', () => {
  const filled = async (): Promise<string> => `/v1/carts/${await client.cart([[await client.product(), 2]])}/checkout`;

  it('answers 202 once the order is open', async () => {
    harness.saga.settles = 'pending';
    const answer = expectStatus(await client.post(await filled(), checkoutBody()), 202);
    const { orderId, orderNumber, status, accessToken } = answer.json;
    expect([status, answer.headers.get('location'), answer.headers.get('etag')]).toEqual([
      'pending',
      `/v1/orders/${String(orderId)}`,
      '"0"',
    ]);
    expect(orderNumber).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}-[0-9A-HJKMNP-TV-Z]$/);
    expect(accessToken).toMatch(/^[\w-]{43}$/);
  });

  it('waits with Prefer until the order is confirmed, and answers where the log then stands', async () => {
    const answer = await client.post(await filled(), checkoutBody(), { headers: { prefer: 'respond-async, wait=10' } });
    expect(expectStatus(answer, 201).json).toMatchObject({ status: 'confirmed' });
    expect(answer.headers.get('etag')).toBe('"1"');
  });

  it('says why the order was rejected', async () => {
    harness.saga.settles = 'rejected';
    const answer = await client.post(await filled(), checkoutBody(), { headers: { prefer: 'wait=10' } });
    expect(expectStatus(answer, 201).json).toMatchObject({
      status: 'rejected',
      rejection: { code: 'PAYMENT.DECLINED', detail: 'The card said no.' },
    });
  });

  it('stops waiting when the time that the client gave is over', async () => {
    harness.saga.settles = 'pending';
    const answer = await client.post(await filled(), checkoutBody(), { headers: { prefer: 'wait=1' } });
    expect(expectStatus(answer, 202).json['status']).toBe('pending');
  });

  it.each([
    ['the first answer at once', () => Promise.resolve(), 'wait=10', 201],
    ['the order as it is after a restart', () => harness.restart(), 'wait=10', 201],
    ['pending after a restart to who does not wait', () => harness.restart(), 'wait=0', 202],
  ] as const)('sent again answers %s', async (_title, between, prefer, status) => {
    const path = await filled();
    const send = () =>
      client.post(path, checkoutBody(), { headers: { prefer, 'idempotency-key': 'one-of-a-guest-who-has-no-name' } });
    const first = expectStatus(await send(), status);
    await between();
    expect(expectStatus(await send(), status).json).toEqual(first.json);
  });

  it('sent again after a restart tells who did not wait nothing of a rejection', async () => {
    harness.saga.settles = 'rejected';
    const path = await filled();
    const send = (prefer: string) =>
      client.post(path, checkoutBody(), { headers: { prefer, 'idempotency-key': 'two-of-a-guest-who-has-no-name' } });
    const first = expectStatus(await send('wait=0'), 202);
    await harness.restart();
    expect(expectStatus(await send('wait=0'), 202).json).toEqual(first.json);
  });

  it('of a guest cart by a customer makes the order theirs', async () => {
    const placed = await client.post(await filled(), checkoutBody(), {
      as: 'customer',
      headers: { prefer: 'wait=10' },
    });
    const path = `/v1/orders/${String(expectStatus(placed, 201).json['orderId'])}/cancellation`;
    const other = await harness.token('customer', 'another');
    expectProblem(await client.post(path, { reason: 'r' }, { bearer: other }), 404, 'ORDER.NOT_FOUND');
    expectStatus(await client.post(path, { reason: 'r' }, { as: 'customer' }), 202);
  });

  it('refuses prices that moved and totals that differ, with what they are now', async () => {
    const sku = await client.product(usd(1000));
    const path = `/v1/carts/${await client.cart([[sku, 2]])}/checkout`;
    expectStatus(
      await client.call('PUT', `/v1/products/${sku}/price`, { as: 'admin', body: { price: usd(1100) } }),
      200,
    );
    const moved = expectProblem(await client.post(path, checkoutBody()), 409, 'CART.PRICE_CHANGED');
    expect(moved.json['changes']).toEqual([{ sku, was: usd(1000), now: usd(1100) }]);
    const total = { acceptPrices: true, expectedTotal: usd(2000) };
    expectProblem(await client.post(path, checkoutBody(total)), 409, 'CART.TOTAL_CHANGED');
    expectStatus(await client.post(path, checkoutBody({ ...total, expectedTotal: usd(2200) })), 202);
  });

  it('never sells at the numbers of another currency, and says which product has one', async () => {
    const [moved, stays] = [await client.product(usd(1000)), await client.product(usd(500))];
    const cart = `/v1/carts/${await client.cart([
      [moved, 2],
      [stays, 1],
    ])}`;
    const price = (amount: number, currency: string) =>
      client.call('PUT', `/v1/products/${moved}/prices`, { as: 'admin', body: { prices: [{ amount, currency }] } });
    const line = `${cart}/items/${moved}`;
    const checkOut = (extra: object) => client.post(`${cart}/checkout`, checkoutBody(extra));
    expectStatus(await price(1000, 'EUR'), 200);
    for (const extra of [{}, { acceptPrices: true }]) {
      const refused = expectProblem(await checkOut(extra), 409, 'PRODUCT.NOT_PRICED');
      expect(refused.json['detail']).toContain(`${moved} has no price`);
    }
    const more = await client.post(`${cart}/items`, { sku: moved, quantity: 1 });
    expectProblem(more, 409, 'PRODUCT.NOT_PRICED');

    const changed = expectStatus(await client.call('PATCH', line, { body: { quantity: 1 } }), 200);
    expect(changed.json).toMatchObject({
      items: [{ sku: moved, unitPrice: usd(1000) }, {}],
      totals: { total: usd(1500) },
    });
    expectStatus(await price(900, 'USD'), 200);
    const back = expectProblem(await checkOut({}), 409, 'CART.PRICE_CHANGED');
    expect(back.json['changes']).toEqual([{ sku: moved, was: usd(1000), now: usd(900) }]);

    expectStatus(await price(900, 'JPY'), 200);
    const without = expectStatus(await client.call('DELETE', line), 200);
    expect(without.json).toMatchObject({ items: [{ sku: stays }], totals: { total: usd(500) } });
    expectStatus(await checkOut({}), 202);
  });

  it('refuses an unknown shipping method, an empty cart, and one that is not there', async () => {
    expectProblem(
      await client.post(await filled(), checkoutBody({ shippingMethod: 'teleport' })),
      422,
      'SHIPPING.UNKNOWN_METHOD',
    );
    expectProblem(await client.post(`/v1/carts/${await client.cart()}/checkout`, checkoutBody()), 409, 'CART.EMPTY');
    expectProblem(await client.post('/v1/carts/none/checkout', checkoutBody()), 404, 'CART.NOT_FOUND');
  });
});
