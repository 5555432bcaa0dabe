export { bucketOf, normalisedCode } from './codes.js';
export type * from './commands.js';
export { couponAggregate, couponDecider } from './decider.js';
export * from './events.js';
export type { CouponState } from './state.js';
export * from './view.js';
