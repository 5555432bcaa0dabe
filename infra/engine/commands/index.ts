export { batchAfter, eventsToAppend, PendingAppend, type ExpectedEvent } from './aggregate-repository.js';
export { EXCLUSIVE_WINDOW_MS } from './command-executor.js';
export type { CommandContext, CommandExecutor, Execution, Outcome, Settled } from './command-executor.js';
export { documentStoreBreaker } from './document-store-breaker.js';
export { conflictBackOff, QueueingExecutor } from './executor.js';
export { openSnapshotStore } from './snapshot-store.js';
export { TracedExecutor } from './traced-executor.js';
export { NotWithinUnitError, type FollowUps, type UnitOfWork, type UnitsOfWork } from './unit-of-work.js';
