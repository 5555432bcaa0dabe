import { expectStatus, Shop, until, useEngines } from '../test-support/index.js';

/** Members that every object inherits, which a look-up on `{}` finds. */
const INHERITED = ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'isPrototypeOf'];
/** What file systems, addresses and routes might take for something else. */
const SKUS = [...INHERITED, '1.', 'a..', 'con.json', 'NUL', 'live.', 'suggest-2', 'x'.repeat(64)];

interface Items {
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

describe('names that mean something else to a computer', () => {
  const engines = useEngines('all tests');
  let shop: Shop;
  beforeAll(async () => (shop = new Shop(await engines.start())), 60_000);

  const admin = async (method: 'POST' | 'PATCH', path: string, body: object, status: number) =>
    expectStatus(await shop.http.call(method, path, { body, as: 'admin' }), status);

  async function stocked(sku: string): Promise<void> {
    const price = { amount: 100, currency: 'USD' };
    const named = { brand: sku, categories: ['Things', sku], attributes: { [sku]: sku, colour: 'red' } };
    await admin('POST', '/v1/products', { sku, name: 'Thing', price, ...named }, 201);
    await admin('POST', `/v1/inventory/${sku}/receipts`, { quantity: 7, location: sku }, 200);
  }

  async function bought(): Promise<string> {
    const opened = await shop.http.call('POST', '/v1/carts', { body: { currency: 'USD', reference: 'constructor' } });
    const cart = `/v1/carts/${String(expectStatus(opened, 201).json['cartId'])}`;
    for (const sku of SKUS) {
      expectStatus(await shop.http.call('POST', `${cart}/items`, { body: { sku, quantity: 1 } }), 200);
      expectStatus(await shop.http.call('PATCH', `${cart}/items/${sku}`, { body: { quantity: 2 } }), 200);
    }
    expectStatus(await shop.http.call('DELETE', `${cart}/items/a..`), 200);
    expectStatus(await shop.http.call('POST', `${cart}/items`, { body: { sku: 'a..', quantity: 2 } }), 200);
    const placed = await shop.checkOut(String(opened.json['cartId']), { wait: 20 });
    expect(expectStatus(placed, 201).json).toMatchObject({ status: 'confirmed' });
    return String(placed.json['orderId']);
  }

  async function history(orderId: string): Promise<Items['items']> {
    const events: Items['items'][number][] = [];
    for (let page = ''; ;) {
      const path = `/v1/orders/${orderId}/history${page}`;
      const { items, nextCursor } = await shop.read<Items & { nextCursor?: string | null }>(path, 'support');
      events.push(...items);
      if (typeof nextCursor !== 'string') return events;
      page = `?cursor=${encodeURIComponent(nextCursor)}`;
    }
  }

  it('work as SKUs, locations, brands, categories, attributes and references', async () => {
    for (const sku of SKUS) await stocked(sku);
    const orderId = await bought();
    await shop.ship(orderId);
    await bought();
    await until('everything has been shipped', async () => (await shop.stock('constructor')).onHand === 5);
    await shop.caughtUp();
    for (const sku of SKUS) {
      expect(await shop.stock(sku)).toMatchObject({
        onHand: 5,
        reserved: 2,
        locations: [{ location: sku, onHand: 5 }],
      });
      const product = await shop.read<object>(`/v1/products/${sku}`);
      expect(product).toMatchObject({ brand: sku, attributes: { [sku]: sku, colour: 'red' }, available: 3 });
      for (const filter of [`brand=${sku}`, `category=${sku}`]) {
        expect((await shop.read<Items>(`/v1/products?${filter}`)).items).toMatchObject([{ sku }]);
      }
      expect((await shop.read<Items>(`/v1/orders?sku=${sku}`, 'support')).items).toHaveLength(2);
    }
    const { facets } = await shop.read<{ facets: { brand: readonly { value: string }[] } }>('/v1/products');
    expect(facets.brand.map(({ value }) => value)).toEqual(expect.arrayContaining(INHERITED));
    expect((await shop.report('sku')).map(({ key, units }) => [key, units])).toEqual(
      [...SKUS].sort().map((sku) => [sku, 4]),
    );
    expect((await shop.report('category')).map(({ key }) => key)).toEqual([...SKUS].sort());
    const stock = (await history(orderId)).filter(({ stream }) => String(stream).startsWith('inventory-'));
    expect(new Set(stock.map(({ stream }) => stream))).toEqual(new Set(SKUS.map((sku) => `inventory-${sku}`)));
    const past = await shop.read<object>(`/v1/orders/${orderId}?asOf=0`, 'support');
    expect(past).toMatchObject({ status: 'pending', reference: 'constructor' });
    const parked = (await shop.read<Items>('/v1/projections', 'admin')).items.map((item) => item['parked']);
    expect(parked).toEqual(parked.map(() => 0));
  }, 90_000);

  it('that no SKU may have are refused with the rule', async () => {
    const price = { amount: 100, currency: 'USD' };
    for (const sku of [
      'live',
      'suggest',
      '12/3',
      'A+B',
      '50% off',
      'Ä1',
      '_x',
      'a b',
      '.',
      '__proto__',
      'x'.repeat(65),
    ]) {
      const { json } = await admin('POST', '/v1/products', { sku, name: 'Thing', price }, 400);
      expect(json['detail']).toMatch(/^sku must be 1 to 64 letters, digits, dots, dashes or underscores/);
    }
    const body = '{"sku":"S","name":"N","price":{"amount":1,"currency":"USD"},"attributes":{"__proto__":"x"}}';
    const attributes = JSON.parse(body) as object;
    expect((await admin('POST', '/v1/products', attributes, 400)).json['detail']).toMatch(
      /^attributes\.__proto__ is a reserved/,
    );
  });
});
