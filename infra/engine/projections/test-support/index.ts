export * from './faulty-read-model-store.js';
export * from './ledger-model.js';
export * from './runner-bench.js';
export * from './scripted-log.js';
