export { openSqliteForImport } from './importing-event-store.js';
export * from './open-sqlite-event-store.js';
export type { CommitObserver } from './group-commit.js';
export { openSqliteLogKeeper } from './sqlite-log-keeper.js';
