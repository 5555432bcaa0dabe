export { createLease } from './document-lease.js';
export { createDutyRoster, type Duty, type DutyRoster } from './duty.js';
export type { Lease } from './lease.js';
