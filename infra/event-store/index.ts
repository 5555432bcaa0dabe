export * from './errors.js';
export { KnownHead } from './known-head.js';
export * from './event-store.js';
export * from './log-id.js';
export * from './log-importer.js';
export * from './log-register.js';
export * from './position.js';

/** Injection token of the event-store port. */
export const EVENT_STORE = Symbol('EventStore');
