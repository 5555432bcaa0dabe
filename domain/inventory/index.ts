export type * from './commands.js';
export { inventoryAggregate, inventoryDecider } from './decider.js';
export * from './events.js';
export type { InventoryState } from './state.js';
export * from './view.js';
