import { refuse } from '../shared/index.js';

export const codesTaken = (ids: readonly string[]) =>
  refuse('COUPON.CODE_TAKEN', 'A code is taken.', { couponIds: [...ids] });

export const unknownCoupon = () => refuse('COUPON.UNKNOWN', 'There is no such coupon.');

export const usedUp = () => refuse('COUPON.USED_UP', 'The coupon has been used as often as it may be.');

export const orderIsOver = () => refuse('COUPON.USED_UP', 'The checkout that asked for the coupon has ended.');
