import { refuse, refuseInvalid } from '../shared/index.js';
import type { Problem } from '../shared/index.js';

export const codesTaken = () => refuse('COUPON.CODE_TAKEN', 'A code is taken.');

export const unknownCoupon = () => refuse('COUPON.UNKNOWN', 'There is no such coupon.');

export const usedUp = () => refuse('COUPON.USED_UP', 'The coupon has been used as often as it may be.');

export const orderIsOver = () => refuse('COUPON.USED_UP', 'The checkout that asked for the coupon has ended.');

export const invalidCoupons = (problems: readonly Problem[]) =>
  refuseInvalid('COUPON.INVALID', 'The coupons cannot be created', problems);
