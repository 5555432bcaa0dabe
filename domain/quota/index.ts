export type * from './commands.js';
export { quotaAggregate, quotaDecider } from './decider.js';
export type * from './events.js';
export { admittedCheckouts } from './view.js';
export type { AdmittedCheckout } from './view.js';
