import type { OrderEvent } from '../../domain/order/index.js';
import { invalidField, orderOpened, ReadApi, refusalOf } from '../shared/test-support/index.js';

const sold = (sku: string, category: string, amount: number, currency = 'USD') => ({
  lineId: sku,
  sku,
  category,
  quantity: 2,
  revenue: { amount, currency },
});
const confirmed = (orderId: string, ...lines: ReturnType<typeof sold>[]): OrderEvent => ({
  type: 'order.confirmed.v1',
  data: { orderId, lines },
});
const cancelled = (orderId: string, ...lines: ReturnType<typeof sold>[]): OrderEvent => ({
  type: 'order.cancelled.v1',
  data: { orderId, lines, wholly: true },
});
const item = (key: string, [orders, units, amount]: readonly [number, number, number], currency = 'USD') => ({
  key,
  orders,
  units,
  revenue: { amount, currency },
});

let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start();
  const [a, b, c] = [sold('a', 'food', 100), sold('b', 'food', 30), sold('c', 'toys', 7)];
  for (const id of ['1', '2', '3']) api.record(`order-${id}`, orderOpened(id), '2026-10-31T10:00:00.000Z');
  api
    .record('order-1', confirmed('1', a, b), '2026-10-31T23:59:59.999Z')
    .record('order-2', confirmed('2', b, c), '2026-11-01T00:00:00.000Z')
    .record('order-3', confirmed('3', sold('a', 'food', 9, 'JPY')), '2026-11-02T08:00:00.000Z')
    .record('order-1', cancelled('1', a, b), '2026-12-24T08:00:00.000Z');
  await api.catchUp();
});
afterAll(() => api.close());

describe('the sales report', () => {
  it.each([
    [
      'by=day',
      [
        item('2026-10-31', [1, 4, 130]),
        item('2026-11-01', [1, 4, 37]),
        item('2026-11-02', [1, 2, 9], 'JPY'),
        item('2026-12-24', [-1, -4, -130]),
      ],
    ],
    ['by=category', [item('food', [1, 2, 9], 'JPY'), item('food', [1, 2, 30]), item('toys', [1, 2, 7])]],
    ['by=category&currency=JPY', [item('food', [1, 2, 9], 'JPY')]],
    ['by=category&currency=EUR', []],
    ['by=sku&to=2026-12-23&currency=USD', [item('a', [1, 2, 100]), item('b', [2, 4, 60]), item('c', [1, 2, 7])]],
    ['by=sku&from=2026-11-01&to=2026-11-01', [item('b', [1, 2, 30]), item('c', [1, 2, 7])]],
    ['by=day&from=2026-11-02&to=2026-11-30', [item('2026-11-02', [1, 2, 9], 'JPY')]],
    ['by=sku&from=2027-01-01', []],
    [
      'by=day&timeZone=America/New_York',
      [item('2026-10-31', [2, 8, 167]), item('2026-11-02', [1, 2, 9], 'JPY'), item('2026-12-24', [-1, -4, -130])],
    ],
    ['by=category&timeZone=Asia/Kathmandu&to=2026-11-01', [item('food', [2, 6, 160]), item('toys', [1, 2, 7])]],
    ['by=day&channel=default&from=2026-11-02&currency=JPY', [item('2026-11-02', [1, 2, 9], 'JPY')]],
    ['by=sku&channel=shop-de', []],
  ])('%s adds up the days asked for, an item a key and currency', async (query, expected) => {
    expect(await api.all('analyst', `/v1/reports/sales?limit=100&${query}`)).toEqual(expected);
    expect(await api.all('analyst', `/v1/reports/sales?limit=1&${query}`)).toEqual(expected);
  });

  it('tells the channels apart that orders were sold in', async () => {
    const data = { orderId: 'at', channel: 'shop-at', lines: [sold('austrian', 'regional', 5, 'CHF')] };
    const event: OrderEvent = { type: 'order.confirmed.v1', data };
    api.record('order-at', orderOpened('at'), '2026-11-02T10:00:00.000Z');
    api.record('order-at', event, '2026-11-02T10:00:00.000Z');
    api.record('order-ch', orderOpened('ch'), '2026-11-02T10:00:00.000Z');
    api.record('order-ch', confirmed('ch', sold('austrian', 'regional', 6, 'CHF')), '2026-11-02T10:00:00.000Z');
    await api.catchUp();
    const report = (query: string) => api.all('analyst', `/v1/reports/sales?limit=100&currency=CHF&${query}`);
    for (const [by, key] of [
      ['day', '2026-11-02'],
      ['category', 'regional'],
      ['sku', 'austrian'],
    ] as const) {
      expect(await report(`by=${by}&channel=shop-at`)).toEqual([item(key, [1, 2, 5], 'CHF')]);
      expect(await report(`by=${by}&channel=default`)).toEqual([item(key, [1, 2, 6], 'CHF')]);
      expect(await report(`by=${by}`)).toEqual([item(key, [2, 4, 11], 'CHF')]);
    }
  });

  it('keeps what fell to zero', async () => {
    const { items } = await api.as('admin', '/v1/reports/sales?by=sku&currency=USD');
    expect(items[0]).toEqual(item('a', [0, 0, 0]));
  });

  it('shows sums beyond 2^53 in full, as JSON numbers', async () => {
    const dear = [sold('dear', 'gold', 2 ** 53 - 1, 'KWD'), sold('dear', 'gold', 2 ** 53 - 2, 'KWD')];
    dear.forEach((line, at) => api.record(`order-d${at}`, orderOpened(`d${at}`), '2026-11-03T10:00:00.000Z'));
    dear.forEach((line, at) => api.record(`order-d${at}`, confirmed(`d${at}`, line), '2026-11-03T10:00:00.000Z'));
    await api.catchUp();
    for (const by of ['day', 'category', 'sku']) {
      const { text, headers } = await api.as('analyst', `/v1/reports/sales?by=${by}&currency=KWD`);
      expect(text).toContain('"revenue":{"amount":18014398509481981,"currency":"KWD"}');
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    }
    api.record('order-d1', cancelled('d1', sold('dear', 'gold', 2 ** 53 - 2, 'KWD')), '2026-11-03T11:00:00.000Z');
    await api.catchUp();
    const { text } = await api.as('analyst', '/v1/reports/sales?by=day&currency=KWD');
    expect(text).toContain(`"revenue":{"amount":${2 ** 53 - 1},"currency":"KWD"}`);
  });

  it.each([
    ['', 'by'],
    ['by=moon', 'by'],
    ['by=day&from=soon', 'from'],
    ['by=day&to=2026-02-30', 'to'],
    ['by=day&from=2026-11-02&to=2026-11-01', 'from'],
    ['by=day&currency=7', 'currency'],
    ['by=day&currency=', 'currency'],
    ['by=day&from=', 'from'],
    ['by=day&timeZone=Mars/Olympus', 'timeZone'],
    ['by=day&timeZone=%2B01:00', 'timeZone'],
    ['by=day&timeZone=', 'timeZone'],
    ['by=day&channel=', 'channel'],
    ['by=day&cursor=garbage', 'cursor'],
  ])('?%s is refused by the name of the field', async (query, path) => {
    expect(refusalOf(await api.as('admin', `/v1/reports/sales?${query}`))).toEqual(invalidField(path));
  });

  it('is for analysts and admin', async () => {
    expect((await api.get('/v1/reports/sales?by=day')).status).toBe(401);
    expect((await api.as('support', '/v1/reports/sales?by=day')).status).toBe(403);
  });
});
