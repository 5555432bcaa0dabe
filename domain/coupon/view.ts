import { hasUseLeft } from '../shared/index.js';
import { choice, count, listOf, named, object, optional, text } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import { batchOf, usesOf } from './state.js';
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

/** What creates coupons of a promotion. */
export const NewCoupons = named(
  'NewCoupons',
  object(
    {
      codes: optional(listOf(text(), 'Codes of your own, at most 5,000; else `count`.', ['SUMMER-26'])),
      count: optional(count('So many codes that nobody can guess, at most 100,000; else `codes`.')),
      prefix: optional(text('What generated codes begin with.', 'SUMMER-')),
      length: optional(
        count(
          'How many random characters follow the prefix: 12 where it is absent; the least number grows with `count`.',
        ),
      ),
      uses: optional(count('Orders that may use each code; 1 where it is absent.', 1)),
      usesPerCustomer: optional(count('Orders of one customer that may use each code.', 1)),
    },
    'Coupons to create. A code is 4 to 64 letters, digits and hyphens, in any case.',
  ),
);

export const CreatedCoupons = named(
  'CreatedCoupons',
  object({ created: count('How many there are now by this request.', 1) }, 'Coupons were created.'),
);

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
  const batch = batchOf(couponId, state);
  if (batch === undefined) return undefined;
  const { promotionId, holderId } = batch;
  const uses = usesOf(couponId, state);
  const status = state.deactivated.has(couponId) ? 'deactivated' : 'active';
  const isUsedUp = !hasUseLeft(customer === undefined ? {} : { customer }, uses, batch);
  return { couponId, promotionId, holderId, status, used: uses.used, isUsedUp };
}

/** A coupon of a bucket as staff see it; `code` is the one that its id follows from. */
export function couponView(state: CouponState, couponId: string, code: string): Coupon {
  const { status = 'active', used = 0 } = couponIn(state, couponId) ?? {};
  return { code, status, uses: batchOf(couponId, state)?.uses ?? 0, used };
}
