import { accept } from '../shared/index.js';
import type { Aggregate, Decider, Decision } from '../shared/index.js';
import { bucketOf } from './codes.js';
import type { CouponCommand, DeactivateCoupon, IssueCodes, WithdrawCodes } from './commands.js';
import type { CouponEvent } from './events.js';
import * as refusal from './refusals.js';
import { batchOf, couponSnapshot, evolve, initialState } from './state.js';
import type { CouponState } from './state.js';
import { reserveCouponUse, settleCouponUse } from './uses.js';

type Decided = Decision<CouponEvent>;

export function issueCodes({ type: _type, codes, ...terms }: IssueCodes, state: CouponState): Decided {
  const taken: string[] = [];
  const missing = codes.filter(({ couponId }) => {
    const there = state.coupons.get(couponId);
    if (there === undefined) return true;
    if (batchOf(there, state).batchId !== terms.batchId) taken.push(couponId);
    return false;
  });
  if (taken.length > 0) return refusal.codesTaken(taken);
  if (missing.length === 0) return accept();
  const ids = missing.map(({ couponId }) => couponId);
  return accept({ type: 'coupon.codes-issued.v1', data: { ...terms, ids, codes: missing.map(({ code }) => code) } });
}

export function withdrawCodes({ bucket, batchId }: WithdrawCodes, state: CouponState): Decided {
  const ids: string[] = [];
  for (const [couponId, coupon] of state.coupons)
    if (!coupon.isDeactivated && batchOf(coupon, state).batchId === batchId) ids.push(couponId);
  if (ids.length === 0) return accept();
  return accept({ type: 'coupon.codes-withdrawn.v1', data: { bucket, batchId, ids } });
}

export function deactivateCoupon({ couponId }: DeactivateCoupon, state: CouponState): Decided {
  const coupon = state.coupons.get(couponId);
  if (coupon === undefined) return refusal.unknownCoupon();
  if (coupon.isDeactivated) return accept();
  return accept({ type: 'coupon.deactivated.v1', data: { bucket: bucketOf(couponId), couponId } });
}

function decide(command: CouponCommand, state: CouponState): Decided {
  switch (command.type) {
    case 'issue-codes':
      return issueCodes(command, state);
    case 'withdraw-codes':
      return withdrawCodes(command, state);
    case 'deactivate-coupon':
      return deactivateCoupon(command, state);
    case 'reserve-use':
      return reserveCouponUse(command, state);
    case 'commit-use':
    case 'release-use':
    case 'return-use':
      return settleCouponUse(command, state);
    default:
      return command satisfies never;
  }
}

/** The coupons of one bucket: which codes there are, for which promotion, and which orders use them. */
export const couponDecider: Decider<CouponState, CouponCommand, CouponEvent> = { initialState, decide, evolve };

/** Stream `coupon-{bucket}`; the id is the bucket, see `bucketOf`. */
export const couponAggregate: Aggregate<CouponState, CouponCommand, CouponEvent> = {
  category: 'coupon',
  decider: couponDecider,
  snapshot: couponSnapshot,
};
