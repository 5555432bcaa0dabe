import type { DomainEvent } from '../../shared/index.js';
import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { couponBatchDecider, couponDecider } from '../index.js';

const USED = '2a7f3b1c9d0e4f5061728394a5b6c7d8';
const UNUSED = '2a51c0ffee4d5e6f708192a3b4c5d6e7';
const ORDER = '4f2d7c0a-93be-5d1c-8a6e-1c2b3d4e5f60';
const EXPIRY = Date.UTC(2026, 10, 2, 10, 15);

const uses = (members: object) => ({
  amounts: new Map(),
  holds: new Map(),
  byCustomer: new Map(),
  closed: new Map(),
  used: 0,
  latestExpiry: EXPIRY,
  ...members,
});
const bucketWith = (members: object) => ({ bucket: { uses: new Map([[USED, uses(members)]]) } });
const one = new Map([['customer-1042', 1]]);
const isOver = { closed: new Map([[ORDER, EXPIRY]]) };
const both = new Map([
  [USED, 0],
  [UNUSED, 0],
]);

/** What the context keeps in two streams is told apart by what stands before the dot of a type. */
const ofStream = (category: string, events: readonly DomainEvent[]): readonly DomainEvent[] =>
  events.filter(({ type }) => type.startsWith(`${category}.`));

export const goldenStories: GoldenStories = {
  fold: (events) => ({
    bucket: foldOf(couponDecider)(ofStream('coupon', events)),
    batch: foldOf(couponBatchDecider)(ofStream('coupon-batch', events)),
  }),
  stories: [
    {
      events: 'coupon-batch.requested coupon.codes-issued',
      outcome: {
        batch: { status: 'requested' },
        bucket: { batches: [{ uses: 2, usesPerCustomer: 1 }], coupons: both },
      },
    },
    {
      events: 'coupon.codes-issued coupon.codes-withdrawn',
      outcome: { bucket: { coupons: new Map([[USED, 0]]) } },
    },
    {
      events: 'coupon.codes-issued coupon.deactivated',
      outcome: { bucket: { coupons: both, deactivated: new Set([USED]) } },
    },
    {
      events: 'coupon.codes-issued coupon.use-reserved',
      outcome: bucketWith({ holds: new Map([[ORDER, { customer: 'customer-1042' }]]), byCustomer: one }),
    },
    {
      events: 'coupon.codes-issued coupon.use-reserved coupon.use-committed',
      outcome: bucketWith({ used: 1, byCustomer: one }),
    },
    { events: 'coupon.codes-issued coupon.use-reserved coupon.use-released', outcome: bucketWith(isOver) },
    { events: 'coupon.codes-issued coupon.use-closed', outcome: bucketWith(isOver) },
    {
      events: 'coupon.codes-issued coupon.use-reserved coupon.use-committed coupon.use-returned',
      outcome: bucketWith(isOver),
    },
  ],
};
