import type { Coupon, CouponBucketEvent } from '../../domain/coupon/index.js';
import { existing, readModel, type Fold } from '../../infra/engine/projections/read-model.js';

/** Id: the coupon's, which is in cursors and in addresses, where no code may be. */
export interface CouponDocument extends Coupon {
  readonly promotionId: string;
  /** An order has asked for it: then it stays when its batch is withdrawn. */
  readonly isAskedFor: boolean;
}

interface OfCoupon {
  readonly couponId: string;
}

const ofCoupon = <Data extends OfCoupon>(
  change: (coupon: CouponDocument) => CouponDocument,
): Fold<CouponDocument, Data> => ({
  key: ({ data }) => data.couponId,
  evolve: (doc, event) => change(existing(doc, event)),
});

const askedFor = ofCoupon((coupon) => (coupon.isAskedFor ? coupon : { ...coupon, isAskedFor: true }));
const deactivated = (coupon: CouponDocument): CouponDocument => ({ ...coupon, status: 'deactivated' });

export const couponsReadModel = readModel<CouponDocument, CouponBucketEvent>({
  name: 'coupons',
  version: 1,
  indexes: [{ name: 'by-promotion', fields: ['promotionId'] }],
  on: {
    'coupon.codes-issued.v1': {
      key: ({ data }) => data.ids,
      evolve: (_doc, { data: { promotionId, ids, codes, uses } }, id) => {
        // No code where the key of the promotion was lost, which nobody is ever asked to forget.
        const code = codes?.[ids.indexOf(id)] ?? '';
        return { promotionId, code, status: 'active', uses, used: 0, isAskedFor: false };
      },
    },
    'coupon.codes-withdrawn.v1': {
      key: ({ data }) => data.ids,
      evolve: (doc, event) => {
        const coupon = existing(doc, event);
        return coupon.isAskedFor ? deactivated(coupon) : null;
      },
    },
    'coupon.deactivated.v1': ofCoupon(deactivated),
    'coupon.use-reserved.v1': askedFor,
    'coupon.use-closed.v1': askedFor,
    'coupon.use-committed.v1': ofCoupon((coupon) => ({ ...coupon, used: coupon.used + 1 })),
    'coupon.use-released.v1': askedFor,
    'coupon.use-returned.v1': ofCoupon((coupon) => ({ ...coupon, used: coupon.used - 1 })),
  },
});

export const couponView = ({ code, status, uses, used }: CouponDocument): Coupon => ({ code, status, uses, used });
