export { createLease } from './document-lease.js';
export { createLeaderElection, type LeaderElection, type LeasedWorker } from './leader-election.js';
export type { Lease } from './lease.js';
