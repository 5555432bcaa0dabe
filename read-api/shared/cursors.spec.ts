import type { Json } from '../../domain/shared/index.js';
import { writeCursor } from '../../infra/http/index.js';
import { queryName } from './keyset.js';
import { invalidField, orderOpened, productCreated, ReadApi, refusalOf, usd } from './test-support/index.js';

const sold = { lineId: '1', sku: '1', category: 'tea', quantity: 1, revenue: usd(100) };

let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start();
  for (const id of ['1', '2']) {
    api
      .record(`product-${id}`, productCreated(id, { name: `Tea ${id}`, amount: 100 }))
      .record(`order-${id}`, orderOpened(id, { customerId: 'ann' }), `2026-11-0${id}T10:00:00.000Z`)
      .record(
        `order-${id}`,
        { type: 'order.confirmed.v1', data: { orderId: id, lines: [sold] } },
        `2026-11-0${id}T11:00:00.000Z`,
      );
  }
  await api.catchUp();
});
afterAll(() => api.close());

const PRODUCTS = ['name', 'price', '-price', 'newest', 'relevance'].map((sort) => `/v1/products?q=tea&sort=${sort}`);
const LISTS = [...PRODUCTS, '/v1/orders?status=confirmed', '/v1/me/orders?', '/v1/reports/sales?by=day'];
const ask = (path: string) => api.as(path.includes('/me/') ? 'customer' : 'admin', path, 'ann');

const otherThan = (character: string) => (character === 'A' ? 'B' : 'A');

describe.each(LISTS)('a cursor of %s', (list) => {
  it('is refused by name when one of its characters was changed', async () => {
    const { json } = await ask(`${list}&limit=1`);
    const cursor = String(json['nextCursor']);
    expect((await ask(`${list}&limit=1&cursor=${cursor}`)).status).toBe(200);
    const changed = [...cursor].map((is, index) => cursor.slice(0, index) + otherThan(is) + cursor.slice(index + 1));
    const replies = await Promise.all(changed.map((text) => ask(`${list}&limit=1&cursor=${text}`)));
    for (const reply of replies) expect(refusalOf(reply)).toEqual(invalidField('cursor'));
  });
});

describe.each([
  ['/v1/orders?', queryName('orders', {}), [5, 6], ['x', '1'], [null, null], ['2026-11-01T10:00:00.000Z']],
  ['/v1/reports/sales?by=day', queryName('sales', { by: 'day' }), [5, 6], [null, 'USD'], ['2026-11-01']],
  ['/v1/products?sort=price', queryName('products', { words: '', sort: 'price' }), ['price', '1', '1'], [null], {}],
  ['/v1/products?sort=name', queryName('products', { words: '', sort: 'name' }), ['name', 5, '1'], ['price', 5, '1']],
])('a cursor of %s', (list, name, ...keys: readonly Json[]) => {
  it('that this list never made is refused by name', async () => {
    for (const key of keys) {
      expect(refusalOf(await ask(`${list}&cursor=${writeCursor(name, key)}`))).toEqual(invalidField('cursor'));
    }
  });
});
