import type { ListTerms, PriceRow, VariantEvent } from '../../domain/catalog/index.js';
import { invalidField, productCreated, ReadApi, refusalOf, usd, variantCreated } from '../shared/test-support/index.js';

const eur = (amount: number, conditions: Partial<PriceRow> = {}): PriceRow => ({
  amount,
  currency: 'EUR',
  ...conditions,
});
const sale = (revision: number, terms: Partial<ListTerms> = {}): ListTerms => ({
  code: 'sale',
  revision,
  priority: 1,
  isInForce: true,
  ...terms,
});
const day = (month: number, number: number) => `2026-0${month}-${String(number).padStart(2, '0')}T00:00:00.000Z`;

let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start();
});
afterAll(() => api.close());

function created(sku: string, at: string): void {
  api.record(`variant-${sku}`, variantCreated(sku), at).record(`product-${sku}`, productCreated(sku), at);
}
function set(
  sku: string,
  prices: readonly [PriceRow, ...PriceRow[]],
  rest: { at: string; lists?: readonly ListTerms[] },
) {
  const { at, lists } = rest;
  const data = { productId: `p-${sku}`, sku, was: [usd(100)] as const, prices, ...(lists && { lists }) };
  api.record(`variant-${sku}`, { type: 'variant.prices-changed.v1', data }, at);
}
function told(sku: string, list: ListTerms, at: string): void {
  const event: VariantEvent = { type: 'variant.price-list-changed.v1', data: { productId: `p-${sku}`, sku, list } };
  api.record(`variant-${sku}`, event, at);
}
const read = async (path: string) => (await api.get(path)).json;
const listed = async (query: string) => (await api.get(`/v1/products?${query}`)).items;

describe('a product read for a place', () => {
  beforeAll(async () => {
    for (const sku of ['tea', 'mug', 'pot']) created(sku, day(1, 1));
    set('tea', [usd(100), eur(90), eur(80, { minQuantity: 10 }), eur(60, { channel: 'at' })], { at: day(1, 2) });
    set('mug', [eur(500), eur(300, { list: 'sale' })], { at: day(1, 2), lists: [sale(0, { isInForce: false })] });
    set('mug', [eur(450), eur(300, { list: 'sale' })], { at: day(1, 10), lists: [sale(0, { isInForce: false })] });
    set('mug', [eur(500), eur(300, { list: 'sale' })], { at: day(1, 20), lists: [sale(0, { isInForce: false })] });
    told('mug', sale(1), day(3, 1));
    await api.catchUp();
  });

  it('has the price of one unit in the currency and channel, with its tiers', async () => {
    expect(await read('/v1/products/tea')).toMatchObject({ price: usd(100), version: 1 });
    const inEur = await read('/v1/products/tea?currency=EUR');
    expect(inEur).toMatchObject({ price: eur(90), tiers: [{ minQuantity: 10, price: eur(80) }] });
    expect((await read('/v1/products/tea?currency=EUR&channel=at'))['price']).toEqual(eur(60));
    expect(await read('/v1/products/tea?currency=JPY')).toMatchObject({ price: null });
    expect(refusalOf(await api.get('/v1/products/tea?currency=EURO'))).toMatchObject(invalidField('currency'));
    expect(refusalOf(await api.get('/v1/products/tea?country=XX'))).toMatchObject(invalidField('country'));
  });

  it('says what it was before a list undercut it, and the lowest price of the 30 days before', async () => {
    expect(await read('/v1/products/mug?currency=EUR')).toMatchObject({
      price: eur(300),
      wasPrice: eur(500),
      lowestPrice30Days: eur(500),
    });
    told('mug', sale(2, { isInForce: false }), day(3, 2));
    told('mug', sale(3), day(3, 10));
    await api.catchUp();
    expect(await read('/v1/products/mug?currency=EUR')).toMatchObject({
      wasPrice: eur(500),
      lowestPrice30Days: eur(300),
    });
    expect(await read('/v1/products/tea')).not.toHaveProperty('wasPrice');
  });

  it('is listed in a currency where it has a price in it, by that price', async () => {
    const of = async (query: string) =>
      (await listed(query)).map(({ sku, price }) => [sku, (price as { amount: number } | null)?.amount]);
    expect(await of('sort=price&currency=EUR')).toEqual([
      ['tea', 90],
      ['mug', 300],
    ]);
    expect(await of('sort=-price&currency=EUR&channel=at')).toEqual([
      ['mug', 300],
      ['tea', 60],
    ]);
    expect(await of('sort=price&currency=USD')).toEqual([
      ['pot', 100],
      ['tea', 100],
    ]);
    expect(await of('sort=price')).toEqual([
      ['pot', 100],
      ['tea', 100],
      ['mug', 300],
    ]);
    expect(await of('currency=EUR&priceMax=100')).toEqual([['tea', 90]]);
    expect(await of('currency=JPY')).toEqual([]);
    const facets = (await read('/v1/products?currency=EUR'))['facets'];
    expect(facets).toMatchObject({
      price: [
        { from: 0, to: 99, count: 1 },
        { from: 250, to: 499, count: 1 },
      ],
    });
    expect((await listed('currency=EUR&q=mug'))[0]).toMatchObject({ wasPrice: eur(500), lowestPrice30Days: eur(300) });
  });
});

describe('the price history of a product', () => {
  const of = async (query: string) => {
    const items = await api.all('customer', `/v1/products/mug/price-history?${query}`);
    return items.map(({ at, price, list }) => [at, (price as { amount: number } | null)?.amount ?? null, list]);
  };

  it('has what one unit cost since when, and whose list it was of', async () => {
    expect(await of('currency=EUR')).toEqual([
      [day(1, 2), 500, undefined],
      [day(1, 10), 450, undefined],
      [day(1, 20), 500, undefined],
      [day(3, 1), 300, 'sale'],
      [day(3, 2), 500, undefined],
      [day(3, 10), 300, 'sale'],
    ]);
    expect(await of('currency=USD')).toEqual([
      [day(1, 1), 100, undefined],
      [day(1, 2), null, undefined],
    ]);
    expect(await of('currency=JPY')).toEqual([]);
  });

  it('is read page by page, from a time on and up to before another', async () => {
    for (const limit of [1, 2, 6]) expect(await of(`currency=EUR&limit=${limit}`)).toHaveLength(6);
    expect(await of('currency=EUR&from=2026-01-10&to=2026-03-01')).toHaveLength(2);
    const path = '/v1/products/mug/price-history';
    expect(refusalOf(await api.get(`${path}?from=2026-03-01&to=2026-01-01`))).toMatchObject(invalidField('from'));
    expect(refusalOf(await api.get('/v1/products/none/price-history'))).toMatchObject({ code: 'PRODUCT.UNKNOWN_SKU' });
  });

  it('names the event behind each price', async () => {
    const { items } = await api.get('/v1/products/mug/price-history?currency=EUR');
    expect(new Set(items.map(({ by }) => by)).size).toBe(6);
  });

  it('tells staff who set each price, and nobody else', async () => {
    const path = '/v1/products/mug/price-history?currency=EUR&limit=1';
    const { items: told } = await api.as('support', path);
    expect(told).toEqual([expect.objectContaining({ actor: expect.any(String) })]);
    for (const { items } of [await api.as('customer', path), await api.get(path)])
      expect(items).toEqual(told.map(({ actor: _actor, ...price }) => price));
  });
});
