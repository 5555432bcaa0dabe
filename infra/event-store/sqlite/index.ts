export { openSqliteForImport } from './importing-event-store.js';
export * from './open-sqlite-event-store.js';
export { openSqliteLogChain } from './sqlite-log-chain.js';
export { openSqliteLogKeeper } from './sqlite-log-keeper.js';
