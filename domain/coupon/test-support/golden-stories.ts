import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { couponDecider } from '../index.js';

const USED = '2a7f3b1c9d0e4f5061728394a5b6c7d8';
const UNUSED = '2a51c0ffee4d5e6f708192a3b4c5d6e7';
const ORDER = '4f2d7c0a-93be-5d1c-8a6e-1c2b3d4e5f60';
const EXPIRY = Date.UTC(2026, 10, 2, 10, 15);

const unused = { batch: 0, isDeactivated: false, uses: null };
const uses = (members: object) => ({
  amounts: new Map(),
  holds: new Map(),
  byCustomer: new Map(),
  closed: new Map(),
  used: 0,
  latestExpiry: EXPIRY,
  ...members,
});
const couponWith = (members: object) => ({
  coupons: new Map<string, object>([
    [USED, { ...unused, uses: uses(members) }],
    [UNUSED, unused],
  ]),
});
const one = new Map([['customer-1042', 1]]);
const isOver = { closed: new Map([[ORDER, EXPIRY]]) };

export const goldenStories: GoldenStories = {
  fold: foldOf(couponDecider),
  stories: [
    {
      events: 'coupon.codes-issued',
      outcome: {
        batches: [{ uses: 2, usesPerCustomer: 1 }],
        coupons: new Map([
          [USED, unused],
          [UNUSED, unused],
        ]),
      },
    },
    { events: 'coupon.codes-issued coupon.codes-withdrawn', outcome: { coupons: new Map([[USED, unused]]) } },
    {
      events: 'coupon.codes-issued coupon.deactivated',
      outcome: {
        coupons: new Map([
          [USED, { ...unused, isDeactivated: true }],
          [UNUSED, unused],
        ]),
      },
    },
    {
      events: 'coupon.codes-issued coupon.use-reserved',
      outcome: couponWith({ holds: new Map([[ORDER, { customer: 'customer-1042' }]]), byCustomer: one }),
    },
    {
      events: 'coupon.codes-issued coupon.use-reserved coupon.use-committed',
      outcome: couponWith({ used: 1, byCustomer: one }),
    },
    { events: 'coupon.codes-issued coupon.use-reserved coupon.use-released', outcome: couponWith(isOver) },
    { events: 'coupon.codes-issued coupon.use-closed', outcome: couponWith(isOver) },
    {
      events: 'coupon.codes-issued coupon.use-reserved coupon.use-committed coupon.use-returned',
      outcome: couponWith(isOver),
    },
  ],
};
