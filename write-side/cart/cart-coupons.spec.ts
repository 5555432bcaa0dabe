import { expectProblem, expectStatus, usd } from '../test-support/client.js';
import type { Answer, Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

let harness: Harness;
let client: Client;
beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
});
afterAll(() => harness.stop());

const tenth = { type: 'percent-off', percent: '10', of: 'order' };
const OPTIONS = { as: 'admin' } as const;

/** A promotion that is active. */
async function promotion(name: string, others: object = {}): Promise<string> {
  const body = { name, trigger: 'coupon', then: [tenth], ...others };
  const { json } = expectStatus(await client.post('/v1/promotions', body, OPTIONS), 201);
  const id = String(json['promotionId']);
  expectStatus(await client.post(`/v1/promotions/${id}/activation`, undefined, OPTIONS), 200);
  return id;
}

/** A coupon of the promotion with this code. */
async function issued(promotionId: string, code: string): Promise<string> {
  expectStatus(await client.post(`/v1/promotions/${promotionId}/coupons`, { codes: [code] }, OPTIONS), 201);
  return code;
}

const put = (cartId: string, code: string): Promise<Answer> => client.post(`/v1/carts/${cartId}/coupons`, { code });
const take = (cartId: string, code: string): Promise<Answer> =>
  client.call('DELETE', `/v1/carts/${cartId}/coupons/${code}`);
const cartWithTea = async (): Promise<string> => client.cart([[await client.product(usd(1000)), 2]]);

describe('a coupon in a cart', () => {
  it('takes off what its promotion does, however it is typed, until it is taken out', async () => {
    const code = await issued(await promotion('Spring'), 'SPRING-26');
    const cartId = await cartWithTea();
    expect(expectStatus(await put(cartId, ' spring-26 '), 200).json).toMatchObject({
      coupons: [{ code, applied: true }],
      discounts: [{ name: 'Spring', code, level: 'order', amount: usd(200) }],
      totals: { discount: usd(200), total: usd(1800) },
    });
    const before = expectStatus(await put(cartId, code), 200).json['version'];
    const after = expectStatus(await take(cartId, 'Spring-26'), 200).json;
    expect(after).toMatchObject({ coupons: [], discounts: [], totals: { total: usd(2000) } });
    expect(Number(after['version'])).toBe(Number(before) + 1);
    expectProblem(await take(cartId, code), 404, 'CART.COUPON_NOT_FOUND');
  });

  it('is kept and says why it takes nothing off where the cart does not meet its conditions yet', async () => {
    const when = [{ type: 'subtotal', atLeast: [usd(3000)] }];
    const code = await issued(await promotion('Large', { when }), 'LARGE-26');
    const cartId = await cartWithTea();
    expect(expectStatus(await put(cartId, code), 200).json).toMatchObject({
      coupons: [{ code, applied: false, reason: 'conditions' }],
      totals: { total: usd(2000) },
    });
  });

  it('is unknown where nobody issued it, it is malformed, or its promotion is a draft or paused', async () => {
    const cartId = await cartWithTea();
    for (const code of ['NOBODY-KNOWS', 'x', 'a b c d']) expectProblem(await put(cartId, code), 404, 'COUPON.UNKNOWN');
    const paused = await promotion('Paused');
    const code = await issued(paused, 'PAUSED-26');
    expectStatus(await client.post(`/v1/promotions/${paused}/pause`, undefined, OPTIONS), 200);
    expectProblem(await put(cartId, code), 404, 'COUPON.UNKNOWN');
    expectStatus(await client.post(`/v1/promotions/${paused}/end`, undefined, OPTIONS), 200);
    expectProblem(await put(cartId, code), 409, 'COUPON.EXPIRED');
  });

  it('does not go with another one that wants to be alone', async () => {
    const cartId = await cartWithTea();
    expectStatus(await put(cartId, await issued(await promotion('First'), 'FIRST-26')), 200);
    const alone = await issued(await promotion('Alone', { combines: 'none' }), 'ALONE-26');
    expectProblem(await put(cartId, alone), 409, 'COUPON.NOT_COMBINABLE');
  });

  it('needs a cart that is there', async () => {
    const code = await issued(await promotion('Any'), 'ANY-26');
    expectProblem(await put('nothing', code), 404, 'CART.NOT_FOUND');
  });

  it('stands nowhere in the log but among what is sealed', async () => {
    const code = await issued(await promotion('Hidden'), 'HIDDEN-CODE-26');
    const cartId = await cartWithTea();
    await put(cartId, code);
    for await (const { data } of harness.store.read(`cart-${cartId}`)) {
      const { code: _sealed, ...clear } = data as { code?: string };
      expect(JSON.stringify(clear)).not.toContain(code);
    }
  });
});

describe('a cart', () => {
  it('is priced by what is in force when it is changed', async () => {
    const cartId = await cartWithTea();
    const id = await promotion('Everybody', { trigger: 'automatic', then: [{ ...tenth, percent: '50' }] });
    const sku = await client.product(usd(1000));
    const add = () => client.post(`/v1/carts/${cartId}/items`, { sku, quantity: 1 });
    expect(expectStatus(await add(), 200).json).toMatchObject({ totals: { discount: usd(1500), total: usd(1500) } });
    expectStatus(await client.post(`/v1/promotions/${id}/pause`, undefined, OPTIONS), 200);
    expect(expectStatus(await add(), 200).json).toMatchObject({ totals: { discount: usd(0), total: usd(4000) } });
  });

  it('is opened in a channel that sells its currency to its country, and in no other', async () => {
    const channel = {
      code: 'at',
      name: 'Austria',
      currencies: ['EUR'],
      countries: ['AT'],
      locale: 'de-AT',
      timeZone: 'Europe/Vienna',
    };
    expectStatus(await client.post('/v1/channels', channel, OPTIONS), 201);
    const open = (body: object) => client.post('/v1/carts', { currency: 'EUR', channel: 'at', ...body });
    expect(expectStatus(await open({ country: 'AT' }), 201).json).toMatchObject({ channel: 'at', currency: 'EUR' });
    const unsold = expectProblem(await open({ currency: 'USD', country: 'DE' }), 422, 'CHANNEL.NOT_SOLD');
    expect(unsold.json['errors']).toMatchObject([{ path: 'currency' }, { path: 'country' }]);
    expectProblem(await open({ channel: 'nowhere' }), 404, 'CHANNEL.NOT_FOUND');
    expect(expectStatus(await client.post('/v1/carts', { currency: 'USD' }), 201).json['channel']).toBe('default');
  });
});
