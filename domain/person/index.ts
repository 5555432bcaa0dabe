export type * from './commands.js';
export { personAggregate, personDecider } from './decider.js';
export type * from './events.js';
