import type { UseRequest } from '../shared/uses.js';
import type { Batch, CouponBatchRequested } from './events.js';

/** A code, normalised, with the id that follows from it. */
export interface IdentifiedCode {
  readonly couponId: string;
  readonly code: string;
}

/**
 * Issues the codes of a batch that belong in this bucket, all of them or none. Those that the batch has issued already are left
 * out; satisfied where that is all. Refused where another batch has one of them.
 */
export interface IssueCodes extends Batch {
  readonly type: 'issue-codes';
  readonly bucket: string;
  readonly codes: readonly IdentifiedCode[];
}
/** Takes back what a batch has issued in this bucket, as a request's codes are issued all or none. Satisfied where that is nothing. */
export interface WithdrawCodes {
  readonly type: 'withdraw-codes';
  readonly bucket: string;
  readonly batchId: string;
}
/** Refused where there is no such coupon; satisfied where it is deactivated. */
export interface DeactivateCoupon {
  readonly type: 'deactivate-coupon';
  readonly couponId: string;
}

/** What sagas say of an order's use. Coupons have no budget: an amount is not looked at. */
interface OfUse extends UseRequest {
  readonly couponId: string;
}
/** Refused where the coupon is unknown, deactivated or used up, and where the order is over. */
export interface ReserveUse extends OfUse {
  readonly type: 'reserve-use';
}
/** Satisfied where the order holds none, or the coupon is unknown. */
export interface CommitUse extends OfUse {
  readonly type: 'commit-use';
}
/** An order that holds none is given none any more. */
export interface ReleaseUse extends OfUse {
  readonly type: 'release-use';
}
/** For orders that were confirmed with it, whether that was committed here yet or not. */
export interface ReturnUse extends OfUse {
  readonly type: 'return-use';
}

export type CouponUseCommand = ReserveUse | CommitUse | ReleaseUse | ReturnUse;

export type CouponCommand = IssueCodes | WithdrawCodes | DeactivateCoupon | CouponUseCommand;

/** Satisfied where it was requested before. */
export type RequestBatch = CouponBatchRequested['data'] & { readonly type: 'request-batch' };
