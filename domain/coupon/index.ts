export { bucketOf, normalisedCode } from './codes.js';
export type * from './commands.js';
export { couponAggregate, couponBatchAggregate, couponBatchDecider, couponDecider } from './decider.js';
export * from './events.js';
export { takenCodes } from './state.js';
export type { CouponState } from './state.js';
export { CODE_ALPHABET, parseNewCoupons } from './new-coupons.js';
export type { NewCoupons as RequestedCoupons } from './new-coupons.js';
export * from './view.js';
