import { hasUseLeft, noUses } from '../shared/index.js';
import { choice, count, named, object, text } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import { batchOf } from './state.js';
import type { CouponState } from './state.js';

/** A coupon as staff see it. */
export const Coupon = named(
  'Coupon',
  object(
    {
      code: text('What a buyer types, in upper case.', 'SUMMER-7KQ2M9X4T3WA'),
      status: choice(['active', 'deactivated'], '`deactivated`: nobody can use it any more.', 'active'),
      uses: count('Orders that may use it.', 1),
      used: count('Orders that have used it and did not give it back.', 0),
    },
    'A coupon of a promotion.',
  ),
);
export type Coupon = Of<typeof Coupon>;

/** What a cart and a checkout need to know of a coupon. */
export interface CouponTerms {
  readonly couponId: string;
  readonly promotionId: string;
  /** Whose key its code is sealed with wherever it is recorded. */
  readonly holderId: string;
  readonly status: Coupon['status'];
  readonly used: number;
  /** No further order may use it, uses that are held for checkouts included. */
  readonly isUsedUp: boolean;
}

/** Finds a coupon in its bucket. With a `customer` it is used up as well where the customer may not use it once more. */
export function couponIn(state: CouponState, couponId: string, customer?: string): CouponTerms | undefined {
  const coupon = state.coupons.get(couponId);
  if (coupon === undefined) return undefined;
  const batch = batchOf(coupon, state);
  const { promotionId, holderId } = batch;
  const uses = coupon.uses ?? noUses();
  const status = coupon.isDeactivated ? 'deactivated' : 'active';
  const isUsedUp = !hasUseLeft(customer === undefined ? {} : { customer }, uses, batch);
  return { couponId, promotionId, holderId, status, used: uses.used, isUsedUp };
}
