export { QueueingExecutor, type ExecutorOptions } from './executor.js';
export { openSnapshotStore, type SnapshotStore } from './snapshot-store.js';
