export * from './aggregate.js';
export { withFlag, withoutFlag } from './attention.js';
export * from './commands.js';
export * from './decider.js';
export * from './events.js';
export * from './order-answer.js';
export * from './order-states.js';
export * from './shipment-id.js';
export * from './state.js';
