import { CodeIssue } from './code-issue.js';
import { CouponsController, PromotionCouponsController } from './coupons.controller.js';
import { CreateCouponsHandler } from './create-coupons.handler.js';
import { DeactivateCouponHandler } from './deactivate-coupon.handler.js';

export const couponWrites = {
  controllers: [PromotionCouponsController, CouponsController],
  handlers: [CodeIssue, CreateCouponsHandler, DeactivateCouponHandler],
};
