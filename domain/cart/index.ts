export type * from './commands.js';
export { someAskForFirstOrder } from './coupons.js';
export { cartAggregate, cartDecider } from './decider.js';
export * from './events.js';
export type { CartState } from './state.js';
export * from './view.js';
