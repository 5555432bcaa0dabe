import { CouponReadsController } from './coupons.controller.js';
import { ListCouponsHandler } from './list-coupons.query.js';

export const couponReads = {
  controllers: [CouponReadsController],
  handlers: [ListCouponsHandler],
};
