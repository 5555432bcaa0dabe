import { address, expectStatus, findings, Shop, tokenOf, useEngines, type Child } from '../test-support/index.js';

/** Nothing else in the world reads like these. */
const told = {
  email: 'Ottoline.Wrexham@Forgotten.Example',
  name: 'Ottoline Wrexham-Pell',
  line1: '9 Cormorant Wynd',
  city: 'Skerryvore-on-Sound',
  postalCode: 'XQ4-88Z',
  paymentToken: 'tok_ok',
};
const { email, paymentToken, ...place } = told;
/** What people type speaks of them too. */
const reasons = { cancelled: 'Ottoline moves to Fastnet', refunded: 'Vase broken, says Mrs Pell' };
const noted = 'Ottoline rings again on Monday';
const texts = [email, ...Object.values(place), ...Object.values(reasons), noted, 'Mrs Pell'];
const neighbour = 'ada@example.com';

const checkout = {
  email,
  shippingAddress: { ...address, ...place },
  billingAddress: { ...address, ...place, name: `${place.name} senior` },
  payment: { token: paymentToken },
};

async function ends(child: Child, code = 0): Promise<Child> {
  const ended = await child.end(90);
  if (ended !== code) throw new Error(`ended with ${ended}:\n${child.output}`);
  return child;
}

async function buy(shop: Shop, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const cartId = await shop.cart(['S-1', 1]);
  const placed = expectStatus(await shop.checkOut(cartId, { body: checkout, wait: 15, headers }), 201);
  expect(placed.json['status']).toBe('confirmed');
  return String(placed.json['orderId']);
}

async function deliver(shop: Shop, orderId: string): Promise<void> {
  const { json } = await shop.ship(orderId);
  const path = `/v1/shipments/${String(json['shipmentId'])}/delivery`;
  expectStatus(await shop.http.call('POST', path, { body: {}, as: 'admin' }), 200);
  await shop.orderWhen(orderId, ({ status }) => status === 'completed');
}

async function refund(shop: Shop, orderId: string, reason: string): Promise<void> {
  const body = { amount: { amount: 1, currency: 'USD' }, reason };
  expectStatus(await shop.http.call('POST', `/v1/orders/${orderId}/refunds`, { body, as: 'support' }), 202);
  await shop.orderWhen(orderId, ({ refunds }) => refunds.every(({ status }) => status === 'refunded'));
}

/** The same request every time: what it did is answered again. */
const cancel = (shop: Shop, orderId: string) =>
  shop.http.call('POST', `/v1/orders/${orderId}/cancellation`, {
    body: { reason: reasons.cancelled },
    as: 'support',
    key: 'the-one-cancellation-of-this-order',
  });

const note = (shop: Shop, orderId: string) =>
  shop.http.call('POST', `/v1/orders/${orderId}/notes`, { body: { text: noted }, as: 'support' });

/** Every answer that showed the person, by its path. */
async function answers(shop: Shop, orders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const paths = [
    ...orders.flatMap((id) => [
      `/v1/orders/${id}`,
      `/v1/orders/${id}?asOf=0`,
      `/v1/orders/${id}/history`,
      `/v1/orders/${id}/notes`,
    ]),
    '/v1/orders?limit=100',
    `/v1/orders?email=${encodeURIComponent(email)}`,
    '/v1/events',
  ];
  const shown = new Map<string, string>();
  for (const path of paths) {
    shown.set(path, expectStatus(await shop.http.call('GET', path, { as: 'admin' }), 200).text);
  }
  return shown;
}

describe('a person who is forgotten', () => {
  const engines = useEngines();

  it('is in no answer and no file any more, after a rebuild neither, and everybody else is', async () => {
    const directory = engines.directory();
    const engine = await engines.start({ directory });
    const shop = new Shop(engine);
    const forget = () => engines.cliOver(directory, 'forget', email.toUpperCase());
    await shop.product({ sku: 'S-1', stock: 10 });
    const kept = await shop.buy([['S-1', 1]]);
    await shop.ended(kept);
    const [delivered, cancelled] = [await buy(shop), await buy(shop)];
    await deliver(shop, delivered);
    await refund(shop, delivered, reasons.refunded);
    expectStatus(await note(shop, delivered), 201);

    const refused = await ends(forget(), 1);
    expect(refused.stderr).toContain('CUSTOMER.HAS_OPEN_ORDERS');
    expect(refused.stderr).toContain(cancelled);
    expect(refused.stderr).not.toContain(delivered);

    expect(expectStatus(await cancel(shop, cancelled), 202).text).toContain(place.line1);
    await shop.orderWhen(cancelled, ({ status, payment }) => status === 'cancelled' && payment?.status === 'voided');
    expect(findings(await answers(shop, [delivered, cancelled]), [place.line1])).toHaveLength(9);
    const explained = findings(await answers(shop, [delivered, cancelled]), Object.values(reasons));
    for (const where of ['cancelled', 'refunded'] as const) {
      expect(explained).toContain(
        `${reasons[where]} in /v1/orders/${where === 'cancelled' ? cancelled : delivered}/history`,
      );
    }
    const [report, stock] = [await shop.report('sku'), await shop.stock('S-1')];

    expect(findings(await answers(shop, [delivered]), [noted])).toHaveLength(3);
    expect((await ends(forget())).stdout).toMatch(/^person [-0-9a-f]{36} is forgotten, with 2 orders$/m);
    const clear = async () => ({
      shown: findings(await answers(shop, [delivered, cancelled]), texts),
      stored: findings(await engines.stored(engine), texts),
    });
    expect(await clear()).toEqual({ shown: [], stored: [] });
    expect(expectStatus(await note(shop, delivered), 409).json['code']).toBe('ORDER.BUYER_FORGOTTEN');
    expect(await shop.order(delivered)).toMatchObject({ email: null, shippingAddress: null, status: 'completed' });
    expect(findings(new Map([['again', expectStatus(await cancel(shop, cancelled), 202).text]]), texts)).toEqual([]);
    expect([await shop.report('sku'), await shop.stock('S-1')]).toEqual([report, stock]);
    await refund(shop, delivered, 'One more, for Mrs Pell');
    const { refunds } = await shop.order(delivered);
    expect(refunds.map((one) => [one.status, 'reason' in one])).toEqual([
      ['refunded', false],
      ['refunded', false],
    ]);
    expect(await shop.order(kept)).toMatchObject({ email: neighbour, shippingAddress: address });

    expect((await ends(forget())).stdout).toContain('nobody has this address');
    await ends(engines.cliOver(directory, 'rebuild', 'orders'));
    expect(await clear()).toEqual({ shown: [], stored: [] });

    expect(await engine.stop()).toBe(0);
    expect(findings(await engines.stored(engine), texts)).toEqual([]);
    expect(findings(new Map([['printed', engine.child.stdout + engine.child.stderr]]), texts)).toEqual([]);
  }, 180_000);

  it('is forgotten beside no engine too, and a new person who buys again', async () => {
    const directory = engines.directory();
    const engine = await engines.start({ directory });
    const shop = new Shop(engine);
    await shop.product({ sku: 'S-1', stock: 10 });
    const first = await buy(shop);
    await deliver(shop, first);
    expect(await engine.stop()).toBe(0);
    await ends(engines.cliOver(directory, 'forget', email));
    expect(findings(await engines.stored(engine), texts)).toEqual([]);

    await engine.start();
    const second = await buy(shop);
    expect(await shop.order(first)).toMatchObject({ email: null });
    expect(await shop.order(second)).toMatchObject({ email });
    await ends(engines.cliOver(directory, 'forget', 'nobody'), 1);
  }, 180_000);

  it('is somebody new when signed in again, and everybody else is who they were', async () => {
    const directory = engines.directory();
    const engine = await engines.start({ directory });
    const shop = new Shop(engine);
    const [ottoline, ada] = await Promise.all(
      ['ottoline', 'ada'].map(async (sub) => ({ authorization: `Bearer ${await tokenOf('customer', sub)}` })),
    );
    const ordersOf = async (headers = ottoline): Promise<readonly unknown[]> => {
      await shop.caughtUp();
      const { json } = expectStatus(await shop.http.call('GET', '/v1/me/orders', { headers: headers ?? {} }), 200);
      return (json['items'] as readonly { orderId: string }[]).map(({ orderId }) => orderId);
    };
    await shop.product({ sku: 'S-1', stock: 10 });
    const first = await buy(shop, ottoline);
    await deliver(shop, first);
    const placed = await shop.checkOut(await shop.cart(['S-1', 1]), { wait: 15, headers: ada ?? {} });
    const neighbours = [String(expectStatus(placed, 201).json['orderId'])];
    expect([await ordersOf(), await ordersOf(ada)]).toEqual([[first], neighbours]);
    expect(await engine.stop()).toBe(0);
    const forgotten = await ends(engines.cliOver(directory, 'forget', email));
    expect(forgotten.stdout.match(/^customer [-0-9a-f]{36} is unlinked/gm)).toHaveLength(1);

    await engine.start();
    expect([await ordersOf(), await ordersOf(ada)]).toEqual([[], neighbours]);
    const second = await buy(shop, ottoline);
    expect(await ordersOf()).toEqual([second]);
    expect((await shop.http.call('GET', `/v1/orders/${first}`, { headers: ottoline ?? {} })).status).toBe(404);
  }, 180_000);
});
