export type * from './commands.js';
export { quotaAggregate } from './decider.js';
export type * from './events.js';
export type { QuotaState } from './state.js';
