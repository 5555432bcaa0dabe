export type * from './commands.js';
export { shipmentAggregate, shipmentDecider } from './decider.js';
export type * from './events.js';
