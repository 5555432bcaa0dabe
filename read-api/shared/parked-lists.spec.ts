import {
  orderConfirmed,
  orderOpened,
  productCreated,
  startReadApi,
  type RunningReadApi,
} from './test-support/index.js';

let api: RunningReadApi;
beforeEach(async () => (api = await startReadApi()));
afterEach(() => api.close());

const flagged = (orderId: string) => ({
  type: 'order.attention-needed.v1',
  data: { orderId, code: 'PAYMENT.CAPTURE_FAILED', detail: 'Refused.' },
});
/** Of an order, and impossible: there is no amount. */
const spoiled = { type: 'payment.requested.v1', data: { orderId: 'stale', paymentId: 'p', tender: 1 } };
/** Of a product, and impossible: there is nothing to reserve. */
const unreservable = (sku: string) => ({
  type: 'inventory.reserved.v1',
  data: { sku, orderId: 'o', allocations: null },
});
/** Of a product, and impossible: it costs nothing at all. */
const unpriced = (sku: string) => ({
  type: 'variant.prices-changed.v1',
  data: { productId: `p-${sku}`, sku, was: null, prices: null },
});
const sold = { sku: 'tea', category: 'food', quantity: 1, revenue: { amount: 5, currency: 'USD' } };

describe('a list with an order that an event could not be applied to', () => {
  const status = async (query: string) => (await api.client.as('support', `/v1/orders?${query}`)).status;

  it('is not shown as if it were the present, wherever that order belongs by what never changes', async () => {
    await api.record('order-old', orderOpened('old', { skus: ['pot'] }));
    await api.record('order-stale', orderOpened('stale'));
    const { json } = await api.client.as('support', '/v1/orders/stale');
    const placedAt = String(json['placedAt']);
    await api.record('payment-p', spoiled);
    const refused = await api.client.as('support', '/v1/orders');
    expect(refused.json).toMatchObject({ code: 'READ_MODEL.PARKED', readModel: 'orders' });
    expect([await status('sku=tea'), await status('status=shipped'), await status('email=ann@example.com')]).toEqual([
      503, 503, 503,
    ]);
    expect([await status('sku=pot'), await status('email=bob@example.com'), await status('reference=r')]).toEqual([
      200, 200, 200,
    ]);
    const before = new Date(Date.parse(placedAt) - 1).toISOString();
    expect([await status(`to=${before}`), await status(`to=${placedAt}`)]).toEqual([200, 503]);
    expect((await api.client.as('customer', '/v1/me/orders', 'somebody')).status).toBe(200);
  });

  it('goes on page by page, but for the page of that order', async () => {
    await api.record('order-stale', orderOpened('stale'));
    await api.record('order-1', orderOpened('1'));
    await api.record('order-2', orderOpened('2'));
    await api.record('payment-p', spoiled);
    expect((await api.client.as('support', '/v1/orders/stale')).status).toBe(503);
    const first = await api.client.as('support', '/v1/orders?limit=1');
    expect([first.status, first.json['items']]).toMatchObject([200, [{ orderId: '2' }]]);
    const next = encodeURIComponent(String(first.json['nextCursor']));
    expect((await api.client.as('support', `/v1/orders?limit=20&cursor=${next}`)).status).toBe(503);
  });

  it('shows it among those that need a person, in its place, on one page or many', async () => {
    await api.record('order-1', orderOpened('1'), orderConfirmed('1'), flagged('1'));
    await api.record('order-stale', orderOpened('stale'), orderConfirmed('stale'));
    await api.record('order-2', orderOpened('2'), orderConfirmed('2'), flagged('2'));
    await api.record('payment-p', spoiled);
    const { items } = await api.client.as('support', '/v1/orders?attention=true');
    expect(items).toMatchObject([{ orderId: '2' }, { orderId: 'stale' }, { orderId: '1' }]);
    expect(items[1]?.['attention']).toMatchObject([{ reason: 'events-parked', since: expect.any(String) }]);
    const paged = await api.client.all('support', '/v1/orders?attention=true&limit=1');
    expect(paged.map(({ orderId }) => orderId)).toEqual(['2', 'stale', '1']);
    expect((await api.client.as('support', '/v1/orders?attention=true&status=shipped')).items).toEqual([]);
    expect(await status('attention=false')).toBe(503);
  });

  it('may lack an order that could not even be opened', async () => {
    await api.record('order-1', orderOpened('1'));
    expect((await api.client.as('support', '/v1/orders')).status).toBe(200);
    const [lost] = await api.record('order-lost', orderConfirmed('lost'));
    expect([await status('sku=tea'), await status('attention=true')]).toEqual([503, 503]);
    const before = new Date(Date.parse(lost?.at ?? '') - 1).toISOString();
    expect((await api.client.as('support', `/v1/orders?to=${before}`)).status).toBe(200);
  });
});

describe('a sales report with a sum that an event could not be added to', () => {
  const status = async (query: string) => (await api.client.as('analyst', `/v1/reports/sales?${query}`)).status;

  it('is refused for its period and currency, and others are not', async () => {
    const data = { orderId: '1', lines: [sold], wholly: false, kept: [null] };
    await api.record('order-1', orderOpened('1'), { type: 'order.cancelled.v1', data });
    const refused = await api.client.as('analyst', '/v1/reports/sales?by=sku');
    expect(refused.json).toMatchObject({ code: 'READ_MODEL.PARKED', readModel: 'sales' });
    expect([await status('by=day&currency=USD'), await status('by=category&from=2020-01-01')]).toEqual([503, 503]);
    expect([await status('by=sku&currency=EUR'), await status('by=day&to=2020-12-31')]).toEqual([200, 200]);
  });

  it('is refused whatever its period where the sums cannot be told', async () => {
    await api.record('order-1', { type: 'order.confirmed.v1', data: { orderId: '1', lines: null } });
    expect([await status('by=sku'), await status('by=day&to=2020-12-31')]).toEqual([503, 503]);
  });
});

describe('a search that finds a product which an event could not be applied to', () => {
  it('is not shown as if it were the present; a search that does not find it is', async () => {
    await api.record('product-tea', productCreated('tea'));
    await api.record('product-pot', productCreated('pot'));
    await api.record('variant-tea', unpriced('tea'));
    const refused = await api.client.as('support', '/v1/products?q=tea');
    expect(refused.json).toMatchObject({ code: 'READ_MODEL.PARKED', readModel: 'search' });
    expect((await api.client.get('/v1/products?q=pot')).status).toBe(200);
  });

  it('is not shown either where the event was one of its stock', async () => {
    await api.record('product-tea', productCreated('tea'));
    await api.record('product-pot', productCreated('pot'));
    await api.record('inventory-tea', unreservable('tea'));
    const refused = await api.client.as('support', '/v1/products?q=tea');
    expect(refused.json).toMatchObject({ code: 'READ_MODEL.PARKED', readModel: 'stock' });
    expect((await api.client.get('/v1/products?q=pot')).status).toBe(200);
  });

  it('leaves it out of what is suggested', async () => {
    const suggested = async () => (await api.client.get('/v1/products/suggest?q=nice')).items;
    await api.record('product-tea', productCreated('tea'));
    await api.record('product-pot', productCreated('pot'));
    const [pot, tea] = ['pot', 'tea'].map((sku) => ({ text: `Nice ${sku}`, sku }));
    expect(await suggested()).toEqual([pot, tea]);
    await api.record('variant-tea', unpriced('tea'));
    expect((await api.client.as('support', '/v1/products?q=tea')).status).toBe(503);
    expect(await suggested()).toEqual([pot]);
  });
});
