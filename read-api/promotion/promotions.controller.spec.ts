import type { CartEvent } from '../../domain/cart/index.js';
import type { OrderEvent } from '../../domain/order/index.js';
import type { PromotionStreamEvent } from '../../domain/promotion/index.js';
import { invalidField, refusalOf, startReadApi, usd } from '../shared/test-support/index.js';
import type { RunningReadApi } from '../shared/test-support/index.js';

const PATH = '/v1/promotions';
const details = {
  name: 'A tenth',
  priority: 0,
  combines: 'all',
  trigger: 'automatic',
  when: [],
  then: [{ type: 'percent-off', percent: '10', of: 'order' }],
} as const;

let api: RunningReadApi;
beforeAll(async () => {
  api = await startReadApi();
});
afterAll(() => api.close());

const created = (promotionId: string): PromotionStreamEvent => ({
  type: 'promotion.created.v1',
  data: { promotionId, ...details },
});
const activated = (promotionId: string): PromotionStreamEvent => ({
  type: 'promotion.activated.v1',
  data: { promotionId },
});
const record = (promotionId: string, ...events: readonly PromotionStreamEvent[]) =>
  api.record(`promotion-${promotionId}`, ...events);
const sold = (orderId: string, promotionId: string, cents: number): OrderEvent => ({
  type: 'order.confirmed.v1',
  data: { orderId, lines: [], discounted: [{ promotionId, amount: usd(cents) }] },
});
const read = (path: string) => api.client.as('analyst', path);

describe('a promotion', () => {
  it('is shown with its terms, its status and its uses', async () => {
    await record('one', created('one'), activated('one'));
    await api.record('order-a', sold('a', 'one', 300));
    await api.record('order-b', sold('b', 'one', 25));
    const { status, json, headers } = await read(`${PATH}/one`);
    expect([status, headers.get('etag')]).toEqual([200, '"1"']);
    expect(json).toEqual({
      promotionId: 'one',
      ...details,
      status: 'active',
      limits: {},
      used: { orders: 2, amount: [usd(325)] },
      version: 1,
    });
  });

  it('that was never used, or whose orders were all cancelled, has saved nothing', async () => {
    await record('unused', created('unused'), activated('unused'));
    expect((await read(`${PATH}/unused`)).json['used']).toEqual({ orders: 0, amount: [] });
    const discounted = [{ promotionId: 'unused', amount: usd(300) }];
    await api.record('order-c', sold('c', 'unused', 300));
    await api.record('order-c', {
      type: 'order.cancelled.v1',
      data: { orderId: 'c', lines: [], wholly: true, discounted },
    });
    expect((await read(`${PATH}/unused`)).json['used']).toEqual({ orders: 0, amount: [] });
  });

  it('says for how many checkouts it could not be worked out, now and then', async () => {
    await record('weak', created('weak'), activated('weak'));
    const checkedOut = async (cart: string) => {
      const failedPromotions = [{ promotionId: 'weak', error: 'TypeError: no' }];
      const data = { orderId: cart, failedPromotions };
      const [event] = await api.record(`cart-${cart}`, { type: 'cart.checked-out.v1', data } as unknown as CartEvent);
      return event?.at;
    };
    const since = await checkedOut('w1');
    const second = await checkedOut('w2');
    await record('weak', { type: 'promotion.changed.v1', data: { promotionId: 'weak', ...details } });
    const again = await checkedOut('w3');
    const failing = async (query: string) => (await read(`${PATH}/weak${query}`)).json['failing'];
    const error = 'TypeError: no';
    expect(await failing('')).toEqual({ since: again, checkouts: 1, error });
    expect(await failing('?asOf=1')).toEqual({ since, checkouts: 2, error });
    expect(await failing(`?asOf=${second}`)).toEqual({ since, checkouts: 2, error });
    expect(await failing('?asOf=2')).toEqual({ since: again, checkouts: 1, error });
    expect(await failing('?asOf=0')).toBeUndefined();
  });

  it('has sums that are exact beyond 2^53', async () => {
    await record('large', created('large'), activated('large'));
    for (const id of ['d', 'e']) await api.record(`order-${id}`, sold(id, 'large', Number.MAX_SAFE_INTEGER));
    expect((await read(`${PATH}/large`)).text).toContain('"amount":18014398509481982');
  });

  it('is shown as it was, with the uses of then', async () => {
    const [made] = await record('past', created('past'));
    await record('past', activated('past'));
    const [first] = await api.record('order-f', sold('f', 'past', 100));
    await record('past', { type: 'promotion.changed.v1', data: { promotionId: 'past', ...details, name: 'More' } });
    await api.record('order-g', sold('g', 'past', 20));
    await record('past', { type: 'promotion.ended.v1', data: { promotionId: 'past', by: 'request' } });
    const then = async (asOf: number | string | undefined) => {
      const { json, headers } = await read(`${PATH}/past?asOf=${asOf}`);
      const { name, status, used, version } = json;
      expect(headers.get('etag')).toBe(`"${String(version)}"`);
      return { name, status, used };
    };
    const none = { orders: 0, amount: [] };
    expect(await then(0)).toEqual({ name: 'A tenth', status: 'draft', used: none });
    expect(await then(made?.at)).toMatchObject({ name: 'A tenth', used: none });
    expect(await then(1)).toEqual({ name: 'A tenth', status: 'active', used: { orders: 1, amount: [usd(100)] } });
    expect(await then(first?.at)).toMatchObject({ used: { orders: 1, amount: [usd(100)] } });
    const now = { name: 'More', status: 'ended', used: { orders: 2, amount: [usd(120)] } };
    expect([await then(3), await then('2999-01-01T00:00:00Z')]).toEqual([now, now]);
    expect((await read(`${PATH}/past`)).json).toMatchObject(now);
    expect(refusalOf(await read(`${PATH}/past?asOf=9`))).toEqual(invalidField('asOf'));
  });

  it('that is not there, or not yet, is 404', async () => {
    const nothing = { status: 404, code: 'PROMOTION.NOT_FOUND', paths: [] };
    await record('late', created('late'));
    const paths = ['none', 'none?asOf=0', 'none?asOf=2020-01-01T00:00:00Z', 'late?asOf=2020-01-01T00:00:00Z'];
    for (const path of paths) expect(refusalOf(await read(`${PATH}/${path}`))).toEqual(nothing);
  });

  it('is for staff', async () => {
    for (const path of [PATH, `${PATH}/one`]) {
      expect(refusalOf(await api.client.get(path))).toMatchObject({ status: 401 });
      expect(refusalOf(await api.client.as('customer', path))).toMatchObject({ status: 403 });
      for (const role of ['admin', 'support', 'analyst'] as const)
        expect((await api.client.as(role, path)).status).toBe(200);
    }
  });
});

describe('promotions', () => {
  it('are listed the newest first, page by page, and by their status', async () => {
    const ids = Array.from({ length: 5 }, (_, index) => `listed-${index}`);
    for (const id of ids) await record(id, created(id));
    await record('listed-3', activated('listed-3'));
    const idsOf = async (query: string) =>
      (await api.client.all('support', `${PATH}?${query}`)).map((item) => String(item['promotionId']));
    const newest = ids.toReversed();
    for (const limit of [1, 2, 3, 100]) expect((await idsOf(`limit=${limit}`)).slice(0, 5)).toEqual(newest);
    const drafts = newest.filter((id) => id !== 'listed-3');
    expect((await idsOf('status=draft&limit=3')).slice(0, 4)).toEqual(drafts);
    expect(await idsOf('status=active')).toContain('listed-3');
    expect(await idsOf('status=paused')).toEqual([]);
  });

  it('are not listed by a status that there is not, or by a cursor of another list', async () => {
    expect(refusalOf(await read(`${PATH}?status=begun`))).toEqual(invalidField('status'));
    const { json } = await read(`${PATH}?limit=1`);
    const cursor = String(json['nextCursor']);
    expect(refusalOf(await read(`${PATH}?status=draft&cursor=${cursor}`))).toEqual(invalidField('cursor'));
  });
});
