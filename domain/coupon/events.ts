import type { DomainEvent } from '../shared/decider.js';
import type { Personal, PersonalFieldsOf } from '../shared/personal-data.js';
import type { UseFact } from '../shared/uses.js';

// These types are the storage format of streams `coupon-{bucket}` and `couponbatch-{batchId}`: never edit one, add a version
// and an upcaster.
// Coupons are spread over 1,024 buckets by their ids, so that a hundred thousand of them are a thousand events and one is found by
// folding a thousandth of them.

interface InBucket {
  readonly bucket: string;
}

/** What all coupons of one request for a promotion have in common. */
export type Batch = {
  readonly promotionId: string;
  /** Whose key the codes are sealed with: the promotion's, which is never forgotten. */
  readonly holderId: string;
  /** Tells requests apart, so that a request that is sent again goes on where it was interrupted. */
  readonly batchId: string;
  /** Orders that may use each code. */
  readonly uses: number;
  /** Orders of one customer that may use each code; absent: as many as all. */
  readonly usesPerCustomer?: number;
};

export type CodesIssued = DomainEvent<
  'coupon.codes-issued.v1',
  InBucket &
    Batch & {
      /** Keyed hashes of the codes, 32 hex digits each, in the order of the codes. */
      readonly ids: readonly string[];
      /** Sealed, as whoever has a code has its discount. */
      readonly codes: Personal<readonly string[]> | null;
    }
>;
/** Some code of the request was taken by another one at the same time, so it comes to nothing. */
export type CodesWithdrawn = DomainEvent<
  'coupon.codes-withdrawn.v1',
  InBucket & { readonly batchId: string; readonly ids: readonly string[] }
>;
/** Nobody can put it in a cart or check out with it any more; orders that have it keep it. */
export type CouponDeactivated = DomainEvent<'coupon.deactivated.v1', InBucket & { readonly couponId: string }>;

type UseOf<Kind extends UseFact['kind']> = InBucket & { readonly couponId: string } & Omit<
    Extract<UseFact, { readonly kind: Kind }>,
    'kind'
  >;

/** See `UseFact` in `domain/shared/uses.ts`. */
export type CouponUseEvent =
  | DomainEvent<'coupon.use-reserved.v1', UseOf<'reserved'>>
  | DomainEvent<'coupon.use-committed.v1', UseOf<'committed'>>
  | DomainEvent<'coupon.use-released.v1', UseOf<'released'>>
  | DomainEvent<'coupon.use-closed.v1', UseOf<'closed'>>
  | DomainEvent<'coupon.use-returned.v1', UseOf<'returned'>>;

/**
 * Codes are about to be issued in all buckets that they belong in. Whoever sends the request again finds it here and issues what is
 * missing.
 */
export type CouponBatchRequested = DomainEvent<'coupon-batch.requested.v1', Batch & { readonly count: number }>;

export type CouponBucketEvent = CodesIssued | CodesWithdrawn | CouponDeactivated | CouponUseEvent;
export type CouponEvent = CouponBucketEvent | CouponBatchRequested;

export const couponPersonalFields: PersonalFieldsOf<CouponEvent> = {
  'coupon.codes-issued.v1': { person: 'holderId', fields: ['codes'] },
};
