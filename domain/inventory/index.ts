export type * from './commands.js';
export { inventoryAggregate, inventoryDecider, reserveStock } from './decider.js';
export type { ReservationPolicy } from './decider.js';
export * from './events.js';
export type { InventoryState } from './state.js';
export * from './view.js';
