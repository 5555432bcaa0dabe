export { QueueingExecutor } from './executor.js';
export { openSnapshotStore } from './snapshot-store.js';
export { TracedExecutor } from './traced-executor.js';
