export type * from './commands.js';
export { paymentAggregate, paymentDecider } from './decider.js';
export * from './events.js';
export { isCaptured } from './state.js';
export type { AuthorizedPayment, PaymentState } from './state.js';
export * from './view.js';
