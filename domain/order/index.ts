export type * from './commands.js';
export { orderAggregate, orderDecider } from './decider.js';
export * from './events.js';
export { orderIdOfShipment } from './fulfilment.js';
export { noteOf, OrderNote } from './notes.js';
export { ORDER_STATUSES, orderStates, wasConfirmed, withFlag, withoutFlag } from './state.js';
export type { OrderState, OrderStatus } from './state.js';
export * from './view.js';
