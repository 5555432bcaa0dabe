import type { Json } from '../../domain/shared/index.js';
import { writeCursor } from '../../infra/http/index.js';
import { queryName } from '../shared/index.js';
import {
  invalidField,
  productCreated,
  ReadApi,
  refusalOf,
  stockReceived,
  usd,
  variantCreated,
} from '../shared/test-support/index.js';
import type { Reply } from '../shared/test-support/index.js';

let api: ReadApi;
const skus = ({ items }: Reply) => items.map((item) => item['sku']);
const cursorOf = ({ json }: Reply) => encodeURIComponent(String(json['nextCursor']));

beforeAll(async () => {
  api = await ReadApi.start();
  api
    .record(
      'product-a',
      productCreated('a', { name: 'Zebra', amount: 300, brand: 'Wild', categories: ['toys', 'animals'] }),
    )
    .record('product-b', productCreated('b', { name: 'éclair', amount: 200, categories: ['food'] }))
    .record('product-c', productCreated('c', { name: 'Eclair', amount: 200, brand: 'Wild', categories: ['food'] }))
    .record('product-d', productCreated('d', { name: 'apple', amount: 100, categories: ['food', 'fruit'] }))
    .record('inventory-d', stockReceived('d', 5))
    .record('inventory-a', stockReceived('a', 1));
  await api.catchUp();
});
afterAll(() => api.close());

describe('the list of products', () => {
  it.each([
    ['', ['d', 'b', 'c', 'a']],
    ['?sort=name', ['d', 'b', 'c', 'a']],
    ['?sort=price', ['d', 'b', 'c', 'a']],
    ['?sort=-price', ['a', 'b', 'c', 'd']],
    ['?sort=newest', ['d', 'c', 'b', 'a']],
    ['?category=food', ['d', 'b', 'c']],
    ['?category=animals', ['a']],
    ['?category=food&sort=-price', ['b', 'c', 'd']],
    ['?brand=Wild', ['c', 'a']],
    ['?brand=Wild&category=food', ['c']],
    ['?priceMin=200&priceMax=200', ['b', 'c']],
    ['?priceMin=150&sort=-price', ['a', 'b', 'c']],
    ['?inStock=true', ['d', 'a']],
    ['?inStock=false&sort=price', ['b', 'c']],
    ['?category=nothing', []],
  ])('%s is in order, names without case and accents, ties by SKU', async (query, expected) => {
    const first = await api.get(`/v1/products${query}`);
    expect(skus(first)).toEqual(expected);
    expect(first.json['nextCursor']).toBeNull();
    const paged: unknown[] = [];
    const limited = `/v1/products${query}${query === '' ? '?' : '&'}limit=1`;
    let page = await api.get(limited);
    paged.push(...skus(page));
    while (page.json['nextCursor'] !== null) {
      page = await api.get(`${limited}&cursor=${cursorOf(page)}`);
      paged.push(...skus(page));
    }
    expect(paged).toEqual(expected);
  });

  it('shows what a list needs of a product', async () => {
    const { items } = await api.get('/v1/products?limit=1');
    const apple = { sku: 'd', name: 'apple', brand: null, categories: ['food', 'fruit'] };
    expect(items).toEqual([{ ...apple, price: usd(100), available: 5 }]);
    expect((await api.get('/v1/products?q=zebra')).items).toMatchObject([{ sku: 'a', brand: 'Wild' }]);
  });

  it('refuses a cursor of another order or filter', async () => {
    const cursor = cursorOf(await api.get('/v1/products?limit=1'));
    for (const query of ['sort=price', 'category=food']) {
      const reply = await api.get(`/v1/products?limit=1&${query}&cursor=${cursor}`);
      expect(refusalOf(reply)).toEqual(invalidField('cursor'));
    }
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=5&limit=6', 'limit'],
    ['cursor=garbage', 'cursor'],
    ['cursor=eyJhIjoxfQ', 'cursor'],
    ['sort=cheapest', 'sort'],
    ['priceMin=abc', 'priceMin'],
    ['priceMin=1.5', 'priceMin'],
    ['priceMax=-5', 'priceMax'],
    ['priceMin=10&priceMax=5', 'priceMin'],
    ['inStock=maybe', 'inStock'],
    ['category=a&category=b', 'category'],
    ['category=', 'category'],
    ['brand=%20', 'brand'],
    ['priceMin=', 'priceMin'],
    ['inStock=', 'inStock'],
    ['sort=', 'sort'],
  ])('?%s is refused by the name of the field', async (query, path) => {
    expect(refusalOf(await api.get(`/v1/products?${query}`))).toEqual(invalidField(path));
  });
});

describe('a search', () => {
  it.each([
    ['q=zebra', ['a']],
    ['q=ZEBRAS', ['a']],
    ['q=zeb', ['a']],
    ['q=zehbra', ['a']],
    ['q=eclair', ['b', 'c']],
    ['q=eclair&brand=Wild', ['c']],
    ['q=wild&sort=-price', ['a', 'c']],
    ['q=food&inStock=true', ['d']],
    ['q=a', ['a']],
    ['q=xyzzyq', []],
    ['q=', ['d', 'b', 'c', 'a']],
    ['q=%20%20', ['d', 'b', 'c', 'a']],
  ])('for %s finds what is meant', async (query, expected) => {
    expect(skus(await api.get(`/v1/products?${query}`))).toEqual(expected);
  });

  it('marks what was found and counts what the other filters leave', async () => {
    const { json } = await api.get('/v1/products?q=eclair&brand=Wild');
    expect(json).toMatchObject({
      items: [{ sku: 'c', name: 'Eclair', highlight: '<mark>Eclair</mark>' }],
      facets: {
        category: [{ value: 'food', count: 1 }],
        brand: [{ value: 'Wild', count: 1 }],
        price: [{ from: 100, to: 249, count: 1 }],
      },
      total: 1,
    });
  });

  it('is paged by relevance', async () => {
    const first = await api.get('/v1/products?q=food&limit=2');
    const second = await api.get(`/v1/products?q=food&limit=2&cursor=${cursorOf(first)}`);
    expect([...skus(first), ...skus(second)].toSorted()).toEqual(['b', 'c', 'd']);
    expect(second.json).toMatchObject({ total: 3, nextCursor: null });
  });

  it('whose hits are no longer kept has to be made again', async () => {
    const name = queryName('products', { words: 'food', sort: 'relevance' });
    const from = (key: Json) => api.get(`/v1/products?q=food&limit=1&cursor=${writeCursor(name, key)}`);
    expect(refusalOf(await from(['pinned', 'gone', 1]))).toMatchObject({ status: 400, code: 'CURSOR.EXPIRED' });
    for (const broken of [['pinned', 5, 1], ['pinned', 'x', -1], ['pinned', 'x', 1.5], [null], 'x', {}, []]) {
      expect(refusalOf(await from(broken))).toEqual(invalidField('cursor'));
    }
  });

  it.each(['"', '*', 'AND', 'NEAR(', 'name:x', '💥', '\\', "'; DROP TABLE x;--", 'a'.repeat(5_000)])(
    'for %j never fails',
    async (words) => {
      for (const path of ['/v1/products', '/v1/products/suggest']) {
        expect((await api.get(`${path}?q=${encodeURIComponent(words)}`)).status).toBe(200);
      }
    },
  );

  it.each([
    ['10,000 letters', 'a'.repeat(10_000)],
    ['10,000 letters of Cyrillic', 'ж'.repeat(10_000)],
    ['words of Cyrillic', 'жар птица '.repeat(1_000)],
    ['5,000 emoji', '💥'.repeat(5_000)],
  ])('for %s is answered', async (_, words) => {
    for (const path of ['/v1/products', '/v1/products/suggest']) {
      expect((await api.get(`${path}?q=${encodeURIComponent(words)}`)).status).toBe(200);
    }
  });

  it.each([
    ['10,001 letters', 'a'.repeat(10_001)],
    ['10,001 letters of Cyrillic', 'ж'.repeat(10_001)],
    ['10,000 emoji, each of two UTF-16 units', '💥'.repeat(10_000)],
  ])('for %s is refused by the name of the field', async (_, words) => {
    for (const path of ['/v1/products', '/v1/products/suggest']) {
      expect(refusalOf(await api.get(`${path}?q=${encodeURIComponent(words)}`))).toEqual(invalidField('q'));
    }
  });
});

describe('suggestions', () => {
  it.each([
    ['q=zeb', [{ text: 'Zebra', sku: 'a' }]],
    ['q=zebar', [{ text: 'Zebra', sku: 'a' }]],
    ['q=app', [{ text: 'apple', sku: 'd' }]],
    ['q=foo', [{ text: 'food' }]],
    ['q=xyzzyq', []],
    ['q=', []],
    ['', []],
  ])('for %s are what may be meant', async (query, expected) => {
    expect((await api.get(`/v1/products/suggest?${query}`)).items).toEqual(expected);
  });
});

describe('a product', () => {
  it('is shown with its price, what is available of it and its version', async () => {
    const { json, headers } = await api.get('/v1/products/a');
    expect(json).toMatchObject({
      productId: 'p-a',
      sku: 'a',
      brand: 'Wild',
      price: usd(300),
      available: 1,
      version: 0,
    });
    expect(headers.get('etag')).toBe('"0"');
  });

  it('that nobody knows is 404', async () => {
    for (const sku of ['nothing', 'suggestions']) {
      expect(refusalOf(await api.get(`/v1/products/${sku}`))).toMatchObject({
        status: 404,
        code: 'PRODUCT.UNKNOWN_SKU',
      });
    }
  });
});

describe('stock of a product', () => {
  it('is shown by location', async () => {
    const location = { location: 'default', onHand: 5, reserved: 0, available: 5 };
    expect((await api.get('/v1/inventory/d')).json).toEqual({
      sku: 'd',
      onHand: 5,
      reserved: 0,
      available: 5,
      locations: [location],
    });
  });

  it('is zeros where nothing was received, and 404 where there is no product', async () => {
    const { json, headers } = await api.get('/v1/inventory/b');
    expect(json).toEqual({ sku: 'b', onHand: 0, reserved: 0, available: 0, locations: [] });
    expect(headers.get('etag')).toBe('"-1"');
    expect(refusalOf(await api.get('/v1/inventory/x'))).toMatchObject({ status: 404, code: 'PRODUCT.UNKNOWN_SKU' });
  });
});

describe('all prices of a product', () => {
  const rows = [usd(100), { ...usd(80), minQuantity: 10 }] as const;

  it('are shown to staff as they are and as they were', async () => {
    const api = await ReadApi.start();
    api.record('variant-tea', variantCreated('tea'), '2026-03-01T00:00:00.000Z');
    api.record('product-tea', productCreated('tea'), '2026-03-01T00:00:00.000Z');
    api.record(
      'variant-tea',
      { type: 'variant.prices-changed.v1', data: { productId: 'p-tea', sku: 'tea', was: [usd(100)], prices: rows } },
      '2026-04-01T00:00:00.000Z',
    );
    await api.catchUp();
    const of = async (query: string) => (await api.as('support', `/v1/products/tea/prices${query}`)).json;
    expect(await of('')).toMatchObject({ sku: 'tea', prices: rows });
    expect((await of('?asOf=2026-03-15T00:00:00Z'))['prices']).toMatchObject([usd(100)]);
    expect(refusalOf(await api.as('analyst', '/v1/products/none/prices'))).toMatchObject({
      code: 'PRODUCT.UNKNOWN_SKU',
    });
    expect(refusalOf(await api.as('customer', '/v1/products/tea/prices'))).toMatchObject({ status: 403 });
    await api.close();
  });
});
