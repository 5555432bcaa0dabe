import { booksBalance, expectStatus, Shop, until, useEngines } from '../test-support/index.js';

const SHOPPERS = 100;
const USES = 10;
const PRICE = 1_000;
const tenth = { type: 'percent-off', percent: '10', of: 'order' };

interface PromotionShown {
  readonly promotionId: string;
  readonly used: { readonly orders: number; readonly amount: readonly object[] };
}

/** A promotion that is in force. */
async function promotion(shop: Shop, body: object): Promise<string> {
  const created = expectStatus(await shop.http.call('POST', '/v1/promotions', { body, as: 'admin' }), 201);
  const id = String(created.json['promotionId']);
  expectStatus(await shop.http.call('POST', `/v1/promotions/${id}/activation`, { as: 'admin' }), 200);
  return id;
}

const post = (shop: Shop, path: string, body: object) => shop.http.call('POST', path, { body, as: 'admin' });

/** Who checked out with another e-mail each. */
async function checkOut(shop: Shop, cartId: string, buyer: number): Promise<string> {
  const body = { email: `buyer-${buyer}@example.com`, shippingAddress: ADDRESS, payment: { token: 'tok_ok' } };
  const placed = await shop.http.call('POST', `/v1/carts/${cartId}/checkout`, {
    body,
    headers: { 'idempotency-key': cartId },
  });
  return String(expectStatus(placed, 202).json['orderId']);
}

const ADDRESS = { name: 'Ada', line1: '12 St James Square', city: 'Springfield', postalCode: '62701', country: 'US' };

describe('a coupon of ten uses', () => {
  const engines = useEngines();

  it('is had by exactly ten of a hundred shoppers, though the engine is killed; who cancels gives theirs back', async () => {
    const engine = await engines.start();
    const shop = new Shop(engine);
    const received = new Map([['TEA', SHOPPERS]]);
    await shop.product({ sku: 'TEA', price: PRICE, stock: SHOPPERS });
    const id = await promotion(shop, { name: 'Ten', trigger: 'coupon', then: [tenth] });
    expectStatus(await post(shop, `/v1/promotions/${id}/coupons`, { codes: ['TEN-26'], uses: USES }), 201);

    const carts = await Promise.all(Array.from({ length: SHOPPERS }, () => shop.cart(['TEA', 1])));
    for (const cartId of carts) {
      const { json } = expectStatus(await post(shop, `/v1/carts/${cartId}/coupons`, { code: 'ten-26' }), 200);
      expect(json).toMatchObject({ coupons: [{ code: 'TEN-26', applied: true }], totals: { total: { amount: 900 } } });
    }
    const racing = carts.map((cartId, buyer) => checkOut(shop, cartId, buyer));
    await Promise.race(racing);
    await engine.kill();
    await engine.start();
    await Promise.allSettled(racing);
    const placed = await Promise.all(carts.map((cartId, buyer) => checkOut(shop, cartId, buyer)));
    const orders = await Promise.all(placed.map((orderId) => shop.ended(orderId, 60)));

    const discounted = orders.filter(({ status }) => status === 'confirmed');
    expect(discounted).toHaveLength(USES);
    for (const { totals, discounts } of discounted)
      expect([totals.total.amount, discounts]).toEqual([
        900,
        [expect.objectContaining({ code: 'TEN-26', level: 'order' })],
      ]);
    const rejected = orders.filter(({ rejection }) => rejection?.code === 'COUPON.USED_UP');
    expect(rejected).toHaveLength(SHOPPERS - USES);
    const without = await Promise.all(
      carts.map((cartId) => shop.read<{ status: string; coupons: object[] }>(`/v1/carts/${cartId}`)),
    );
    expect(without.filter(({ status, coupons }) => status === 'open' && coupons.length === 0)).toHaveLength(
      SHOPPERS - USES,
    );

    const [first] = discounted;
    if (first === undefined) throw new Error('nobody has the discount');
    await post(shop, `/v1/orders/${first.orderId}/cancellation`, { reason: 'changed my mind' });
    await shop.orderWhen(first.orderId, ({ status }) => status === 'cancelled');
    await until('the use is given back', async () => {
      const { used } = await shop.read<PromotionShown>(`/v1/promotions/${id}`, 'admin');
      return used.orders === USES - 1;
    });
    const again = await shop.cart(['TEA', 1]);
    await until('somebody may have it', async () => {
      const { status } = await post(shop, `/v1/carts/${again}/coupons`, { code: 'TEN-26' });
      return status === 200;
    });
    expect((await shop.ended(await checkOut(shop, again, SHOPPERS))).status).toBe('confirmed');
    await booksBalance(shop, received);
  }, 180_000);
});
