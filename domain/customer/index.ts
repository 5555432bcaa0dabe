export type * from './commands.js';
export { customerAggregate, customerDecider, isNew } from './decider.js';
export type * from './events.js';
