import { priceIdOf } from '../../domain/catalog/index.js';
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

const put = (sku: string, prices: readonly object[], headers: Readonly<Record<string, string>> = {}) =>
  client.call('PUT', `/v1/products/${sku}/prices`, { as: 'admin', body: { prices }, headers });
const reprice = (sku: string, price: object) =>
  client.call('PUT', `/v1/products/${sku}/price`, { as: 'admin', body: { price } });
const pathsOf = ({ json }: Answer) => (json['errors'] as readonly { path: string }[]).map(({ path }) => path);
const eur = (amount: number, conditions: object = {}) => ({ amount, currency: 'EUR', ...conditions });

async function addedTo(currency: string, sku: string, quantity = 1): Promise<Answer> {
  const opened = expectStatus(await client.post('/v1/carts', { currency }), 201);
  return client.post(`/v1/carts/${String(opened.json['cartId'])}/items`, { sku, quantity });
}

describe('the prices of a product', () => {
  it('are replaced as a whole, with times in UTC and an id each', async () => {
    const sku = await client.product(usd(1000));
    const rows = [eur(900), eur(800, { minQuantity: 10, customerGroup: 'trade', from: '2026-01-01T01:00:00+01:00' })];
    const key = { 'idempotency-key': 'prices-of-a-product-of-this-spec' };
    const answer = expectStatus(await put(sku, rows, key), 200);
    const stored = [
      eur(900),
      { ...eur(800), minQuantity: 10, customerGroup: 'trade', from: '2026-01-01T00:00:00.000Z' },
    ];
    expect(answer.json).toEqual({ sku, prices: stored.map((row) => ({ priceId: priceIdOf(row), ...row })) });
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(expectStatus(await put(sku, rows, key), 200).json).toEqual(answer.json);
    expect(expectStatus(await put(sku, rows), 200).headers.get('etag')).toBe('"1"');
    expectProblem(await put(sku, [eur(1)], { 'if-match': '"0"' }), 412, 'REQUEST.PRECONDITION_FAILED');
    expectProblem(await put('S-nowhere', rows), 404, 'PRODUCT.UNKNOWN_SKU');
  });

  it('keep the others when the one without conditions changes, and are shown in the currency that was set', async () => {
    const sku = await client.product(usd(1000));
    expect(expectStatus(await reprice(sku, eur(900)), 200).json['price']).toEqual(eur(900));
    expect(expectStatus(await reprice(sku, usd(1100)), 200).json['price']).toEqual(usd(1100));
    expect(expectStatus(await addedTo('EUR', sku), 200).json['totals']).toMatchObject({ total: eur(900) });
    expect(expectStatus(await addedTo('USD', sku), 200).json['totals']).toMatchObject({ total: usd(1100) });
  });

  it('are refused with everything that is wrong with them', async () => {
    const sku = await client.product();
    const rows = [
      eur(1),
      eur(2),
      eur(3, { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }),
      eur(4, { channel: 'nowhere' }),
      eur(5, { list: 'none', channel: 'default' }),
    ];
    const answer = expectProblem(await put(sku, rows), 422, 'PRODUCT.INVALID_PRICES');
    expect(pathsOf(answer)).toEqual(['prices.1', 'prices.2.to', 'prices.3.channel', 'prices.4.list']);
  });

  it('may be of a channel that there is', async () => {
    const sku = await client.product();
    const channel = { code: 'at', name: 'AT', currencies: ['EUR'], locale: 'de', timeZone: 'UTC' };
    expectStatus(await client.post('/v1/channels', channel, { as: 'admin' }), 201);
    expectStatus(await put(sku, [eur(1), eur(2, { channel: 'at' }), eur(3, { channel: 'default' })]), 200);
  });
});

describe('a price list', () => {
  const create = (body: object) => client.post('/v1/price-lists', body, { as: 'admin' });
  const change = (code: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    client.call('PATCH', `/v1/price-lists/${code}`, { as: 'admin', body, headers });
  const lastOf = async (stream: string) => {
    for await (const event of harness.store.read(stream, { direction: 'backwards', limit: 1 })) return event;
    return undefined;
  };

  it('is created once and changed from the version that is there', async () => {
    const body = { code: 'vip', name: 'VIP', priority: 5, customerGroups: ['vip'], from: '2026-01-01T01:00:00+01:00' };
    const shown = { ...body, from: '2026-01-01T00:00:00.000Z', inForce: true };
    expect(expectStatus(await create(body), 201).json).toEqual({ ...shown, version: 0 });
    expectProblem(await create(body), 409, 'PRICE_LIST.CODE_TAKEN');
    const changed = expectStatus(await change('vip', { priority: 6, from: null }, { 'if-match': '"0"' }), 200);
    const { from: _, ...always } = shown;
    expect(changed.json).toEqual({ ...always, priority: 6, version: 1 });
    expectProblem(await change('vip', { priority: 7 }, { 'if-match': '"0"' }), 412, 'REQUEST.PRECONDITION_FAILED');
    expectProblem(await change('none', { priority: 7 }), 404, 'PRICE_LIST.NOT_FOUND');
    const wrong = await create({
      ...body,
      code: 'wrong',
      to: '2025-01-01T00:00:00Z',
      channels: ['x'],
      countries: ['XX'],
    });
    expect(pathsOf(expectProblem(wrong, 422, 'PRICE_LIST.INVALID'))).toEqual(['to', 'channels.0', 'countries.0']);
  });

  it('is named by rows, whose product is told of it with the rows and with each change', async () => {
    const sku = await client.product(eur(1000));
    expectStatus(await create({ code: 'sale', name: 'Sale', priority: 1 }), 201);
    expectStatus(await put(sku, [eur(1000), eur(800, { list: 'sale' })]), 200);
    const [terms, stream] = [{ code: 'sale', revision: 0, priority: 1, isInForce: true }, `variant-${sku}`];
    expect((await lastOf(stream))?.data).toMatchObject({ lists: [terms] });
    expect((await lastOf('pricelistproducts-sale'))?.data).toEqual({ code: 'sale', skus: [sku] });
    const answer = expectStatus(await change('sale', { to: '2026-01-01T00:00:00Z' }), 200);
    expect(answer.json).toMatchObject({ inForce: false, version: 1 });
    const told = await lastOf(stream);
    expect(told).toMatchObject({
      type: 'variant.price-list-changed.v1',
      data: { list: { ...terms, revision: 1, isInForce: false } },
    });
    expect(answer.headers.get('consistency-token')).toContain(String(Number(told?.position)));
  });
});
