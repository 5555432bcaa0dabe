export type * from './commands.js';
export { giftCardAggregate, giftCardDecider } from './decider.js';
export type * from './events.js';
export { giftCardTypedFields } from './events.js';
export type { GiftCard, GiftCardState } from './state.js';
export * from './view.js';
