import { randomUUID } from 'node:crypto';
import { openSqliteEventStore } from '../../event-store/sqlite/index.js';
import { booksBalance, embeddedOnly, expectStatus, Shop, tokenOf, until, useEngines } from '../test-support/index.js';

const SHOPPERS = 40;
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

  it('is had by exactly ten of forty shoppers, though the engine is killed; who cancels gives theirs back', async () => {
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

describe('a promotion for the first order of an account', () => {
  const engines = useEngines();
  const WITH = 900;

  it('is had once by each account, also of two carts that are checked out at once, and by no guest', async () => {
    const shop = new Shop(await engines.start());
    const received = new Map([['TEA', 100]]);
    await shop.product({ sku: 'TEA', price: PRICE, stock: 100 });
    await promotion(shop, { name: 'Welcome', when: [{ type: 'first-order' }], then: [tenth] });
    const as = async (customer: string) => ({ authorization: `Bearer ${await tokenOf('customer', customer)}` });
    const totalOf = async (path: string) =>
      (await shop.read<{ totals: { total: { amount: number } } }>(path)).totals.total.amount;
    const QUOTED = `quote?country=US&region=IL&postalCode=${ADDRESS.postalCode}`;
    const shownOf = async (cartId: string) =>
      Promise.all([totalOf(`/v1/carts/${cartId}`), totalOf(`/v1/carts/${cartId}/${QUOTED}`)]);
    const buy = async (cartId: string, headers: Readonly<Record<string, string>>) =>
      shop.ended(String(expectStatus(await shop.checkOut(cartId, { headers }), 202).json['orderId']));

    const ann = await as('ann');
    const [first, second] = [await shop.cartOf(ann, ['TEA', 1]), await shop.cartOf(ann, ['TEA', 1])];
    expect(await shownOf(first)).toEqual([WITH, WITH]);
    const order = await buy(first, ann);
    expect([order.status, order.totals.total.amount]).toEqual(['confirmed', WITH]);
    await until('the second cart of the account is shown without', async () => {
      const [cart, quote] = await shownOf(second);
      return cart === PRICE && quote === PRICE;
    });
    expect((await buy(second, ann)).totals.total.amount).toBe(PRICE);

    const guests = await shop.cart(['TEA', 1]);
    expect(await shownOf(guests)).toEqual([PRICE, PRICE]);
    expect((await buy(guests, {})).totals.total.amount).toBe(PRICE);

    const bob = await as('bob');
    const carts = [await shop.cartOf(bob, ['TEA', 1]), await shop.cartOf(bob, ['TEA', 1])];
    const orders = await Promise.all(carts.map((cartId) => buy(cartId, bob)));
    for (const { rejection } of orders) expect([undefined, 'PROMOTION.USED_UP']).toContain(rejection?.code);
    // The one that found no use left is sold at the full price when it is checked out again.
    const sold = await Promise.all(
      orders.map((placed, at) => (placed.status === 'rejected' ? buy(carts[at] ?? '', bob) : placed)),
    );
    expect(sold.map(({ status, totals }) => `${status} ${totals.total.amount}`).sort()).toEqual(
      [`confirmed ${PRICE}`, `confirmed ${WITH}`].sort(),
    );
    await booksBalance(shop, received);
  }, 120_000);
});

embeddedOnly('a log in files that is written to while no engine runs').describe(
  'a promotion that cannot be worked out',
  () => {
    const engines = useEngines();

    it('is shown to staff with what went wrong, and shoppers buy without it', async () => {
      const directory = engines.directory();
      const engine = await engines.start({ directory });
      const shop = new Shop(engine);
      await shop.product({ sku: 'TEA', price: PRICE, stock: 10 });
      const id = await promotion(shop, { name: 'Broken later', then: [tenth] });
      const shown = () => shop.read<PromotionShown & { failing?: object }>(`/v1/promotions/${id}`, 'admin');
      const metric = async () => {
        const { text } = expectStatus(await shop.http.call('GET', '/metrics'), 200);
        return /^cartwright_promotions_failing (.*)$/m.exec(text)?.[1];
      };
      expect([await metric(), (await shown()).failing]).toEqual(['0', undefined]);

      expect(await engine.stop()).toBe(0);
      await plant(directory, id);
      await engine.start();
      const order = await shop.ended(await shop.buy([['TEA', 1]]));
      expect([order.status, order.totals.total.amount, order.discounts]).toEqual(['confirmed', PRICE, []]);
      await shop.caughtUp();
      expect(await shown()).toMatchObject({
        status: 'active',
        used: { orders: 0 },
        failing: { checkouts: 1, error: expect.stringContaining('double') },
      });
      expect(await metric()).toBe('1');
      expect(engine.output).toContain(`the promotion ${id} could not be worked out, and order ${order.orderId}`);

      const change = { body: { name: 'Mended' }, as: 'admin' } as const;
      expectStatus(await shop.http.call('PATCH', `/v1/promotions/${id}`, change), 200);
      await shop.caughtUp();
      expect([(await shown()).failing, await metric()]).toEqual([undefined, '0']);
      expect((await shop.ended(await shop.buy([['TEA', 1]]))).totals.total.amount).toBe(900);
    }, 120_000);

    /** Has the register say of the promotion what no version accepts: an effect that there is not. */
    async function plant(directory: string, promotionId: string): Promise<void> {
      const log = await openSqliteEventStore({ directory, access: 'read-write' });
      const terms = { promotionId, name: 'Broken', priority: 0, combines: 'all', trigger: 'automatic', when: [] };
      const then = [{ type: 'double', of: 'order' }];
      const commandId = randomUUID();
      await log.append(
        'promotionregister-shop',
        [
          {
            id: randomUUID(),
            type: 'promotion-register.entered.v1',
            data: { promotionId, edition: 1, terms: { ...terms, then } },
            metadata: { actor: 'admin:test', commandId, correlationId: commandId, causationId: null },
          },
        ],
        0,
      );
      await log.close();
    }
  },
);
