import { bucketOf, type CouponBucketEvent } from '../../domain/coupon/index.js';
import type { PromotionCreated } from '../../domain/promotion/index.js';
import { ReadApi, refusalOf } from '../shared/test-support/index.js';

let api: ReadApi;
beforeEach(async () => {
  api = await ReadApi.start();
});
afterEach(() => api.close());

const PATH = '/v1/promotions/summer/coupons';
const idOf = (n: number): string => n.toString(16).padStart(3, '0').padEnd(32, '0');
const codeOf = (n: number): string => `CODE-${n}`;

const created = (promotionId: string): PromotionCreated => ({
  type: 'promotion.created.v1',
  data: { promotionId, name: 'Summer', priority: 0, combines: 'all', trigger: 'coupon', when: [], then: [] },
});
const issued = (numbers: readonly number[], promotionId = 'summer'): CouponBucketEvent => ({
  type: 'coupon.codes-issued.v1',
  data: {
    bucket: bucketOf(idOf(numbers[0] ?? 0)),
    promotionId,
    holderId: 'holder',
    batchId: 'batch',
    uses: 3,
    ids: numbers.map(idOf),
    codes: numbers.map(codeOf),
  },
});
const of = (n: number) => ({ bucket: bucketOf(idOf(n)), couponId: idOf(n), orderId: 'o1' });
const expiresAt = '2026-03-01T12:15:00.000Z';

function record(...events: readonly CouponBucketEvent[]): Promise<void> {
  for (const event of events) api.record(`coupon-${event.data.bucket}`, event);
  return api.catchUp();
}
const shown = (n: number, more: object = {}) => ({ code: codeOf(n), status: 'active', uses: 3, used: 0, ...more });

describe('the coupons of a promotion', () => {
  it('are listed with what became of them', async () => {
    api.record('promotion-summer', created('summer'));
    await record(
      issued([0, 1, 2, 3]),
      { type: 'coupon.use-reserved.v1', data: { ...of(1), expiresAt } },
      { type: 'coupon.use-committed.v1', data: of(1) },
      { type: 'coupon.use-reserved.v1', data: { ...of(2), expiresAt } },
      { type: 'coupon.use-committed.v1', data: of(2) },
      { type: 'coupon.use-returned.v1', data: { ...of(2), expiresAt } },
      { type: 'coupon.deactivated.v1', data: { bucket: bucketOf(idOf(3)), couponId: idOf(3) } },
    );
    const { status, json } = await api.as('support', PATH);
    expect(status).toBe(200);
    expect(json).toEqual({
      items: [shown(0), shown(1, { used: 1 }), shown(2), shown(3, { status: 'deactivated' })],
      nextCursor: null,
    });
  });

  it('are gone where they were withdrawn, but for what an order has asked for', async () => {
    api.record('promotion-summer', created('summer'));
    await record(
      issued([0, 1, 2]),
      { type: 'coupon.use-reserved.v1', data: { ...of(1), expiresAt } },
      {
        type: 'coupon.codes-withdrawn.v1',
        data: { bucket: bucketOf(idOf(0)), batchId: 'batch', ids: [idOf(0), idOf(1)] },
      },
    );
    expect((await api.as('admin', PATH)).json['items']).toEqual([shown(1, { status: 'deactivated' }), shown(2)]);
  });

  it('are paged, each once, without those of others, and with no code in a cursor', async () => {
    api.record('promotion-summer', created('summer'));
    const numbers = Array.from({ length: 50 }, (_, n) => n * 80);
    await record(...numbers.map((n) => issued([n, n + 1])), ...numbers.map((n) => issued([n + 2], 'winter')));
    const expected = numbers.flatMap((n) => [shown(n), shown(n + 1)]);
    for (const limit of [7, 100]) expect(await api.all('support', `${PATH}?limit=${limit}`)).toEqual(expected);
    const { nextCursor } = (await api.as('support', `${PATH}?limit=7`)).json;
    expect(Buffer.from(String(nextCursor), 'base64url').toString()).not.toContain('CODE-');
    const elsewhere = `/v1/promotions/winter/coupons?cursor=${String(nextCursor)}`;
    expect(refusalOf(await api.as('support', elsewhere))).toMatchObject({ status: 400 });
  });

  it('are none of a promotion without any, and not those of none', async () => {
    api.record('promotion-summer', created('summer'));
    await api.catchUp();
    expect((await api.as('support', PATH)).json).toEqual({ items: [], nextCursor: null });
    expect(refusalOf(await api.as('support', '/v1/promotions/winter/coupons'))).toMatchObject({
      status: 404,
      code: 'PROMOTION.NOT_FOUND',
    });
  });

  it('are for staff that keeps the shop', async () => {
    expect(refusalOf(await api.get(PATH))).toMatchObject({ status: 401 });
    for (const role of ['customer', 'analyst'] as const)
      expect(refusalOf(await api.as(role, PATH))).toMatchObject({ status: 403 });
  });
});
