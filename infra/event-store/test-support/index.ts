export * from './compile-worker.js';
export * from './open-temporary-event-store.js';
