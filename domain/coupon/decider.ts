import { accept } from '../shared/index.js';
import type { Aggregate, Decider, Decision } from '../shared/index.js';
import { bucketOf } from './codes.js';
import type { CouponCommand, DeactivateCoupon, IssueCodes, RequestBatch, WithdrawCodes } from './commands.js';
import type { CouponBatchRequested, CouponBucketEvent } from './events.js';
import * as refusal from './refusals.js';
import { batchOf, batchStates, couponSnapshot, couponStates, takenCodes } from './state.js';
import type { CouponBatchState, CouponState } from './state.js';
import { reserveCouponUse, settleCouponUse } from './uses.js';

type Decided = Decision<CouponBucketEvent>;

export function issueCodes({ type: _type, codes, ...terms }: IssueCodes, state: CouponState): Decided {
  if (takenCodes(state, terms.batchId, codes).length > 0) return refusal.codesTaken();
  const missing = codes.filter(({ couponId }) => !state.coupons.has(couponId));
  if (missing.length === 0) return accept();
  const ids = missing.map(({ couponId }) => couponId);
  return accept({ type: 'coupon.codes-issued.v1', data: { ...terms, ids, codes: missing.map(({ code }) => code) } });
}

export function withdrawCodes({ bucket, batchId }: WithdrawCodes, state: CouponState): Decided {
  const ids: string[] = [];
  for (const couponId of state.coupons.keys())
    if (batchOf(couponId, state)?.batchId === batchId && !state.deactivated.has(couponId)) ids.push(couponId);
  if (ids.length === 0) return accept();
  return accept({ type: 'coupon.codes-withdrawn.v1', data: { bucket, batchId, ids } });
}

export function deactivateCoupon({ couponId }: DeactivateCoupon, state: CouponState): Decided {
  if (!state.coupons.has(couponId)) return refusal.unknownCoupon();
  if (state.deactivated.has(couponId)) return accept();
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

/** The coupons of one bucket: which there are, for which promotion, and which orders use them. */
export const couponDecider: Decider<CouponState, CouponCommand, CouponBucketEvent> = { ...couponStates, decide };

/** Stream `coupon-{bucket}`; the id is the bucket, see `bucketOf`. */
export const couponAggregate: Aggregate<CouponState, CouponCommand, CouponBucketEvent> = {
  category: 'coupon',
  decider: couponDecider,
  snapshot: couponSnapshot,
};

export const requestBatch = (
  { type: _type, ...batch }: RequestBatch,
  { status }: CouponBatchState,
): Decision<CouponBatchRequested> =>
  status === 'none' ? accept({ type: 'coupon-batch.requested.v1', data: batch }) : accept();

export const couponBatchDecider: Decider<CouponBatchState, RequestBatch, CouponBatchRequested> = {
  ...batchStates,
  decide: requestBatch,
};

/** Stream `couponbatch-{batchId}`: one request for codes of a promotion. */
export const couponBatchAggregate: Aggregate<CouponBatchState, RequestBatch, CouponBatchRequested> = {
  category: 'couponbatch',
  decider: couponBatchDecider,
};
