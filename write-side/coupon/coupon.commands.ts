import type { RequestedCoupons } from '../../domain/coupon/index.js';
import { RequestCommand } from '../shared/write-scope.js';

export interface CreateCouponsData {
  readonly promotionId: string;
  readonly coupons: RequestedCoupons;
}

export class CreateCoupons extends RequestCommand<CreateCouponsData> {}

export interface DeactivateCouponData {
  /** As it was typed. */
  readonly code: string;
}

export class DeactivateCoupon extends RequestCommand<DeactivateCouponData> {}
