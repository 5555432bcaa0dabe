export * from './faulty-read-store.js';
export * from './ledger-model.js';
export * from './runner-bench.js';
export * from './scripted-log.js';
