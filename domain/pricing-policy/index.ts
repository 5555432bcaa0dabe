export type * from './commands.js';
export { pricingPolicyAggregate, pricingPolicyDecider, SHOP } from './decider.js';
export type { PricingPolicyState } from './decider.js';
export type * from './events.js';
export * from './view.js';
