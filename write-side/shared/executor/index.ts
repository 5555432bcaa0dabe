export { QueueingExecutor } from './executor.js';
export { openSnapshotStore } from './snapshot-store.js';
