export { asEvent } from './as-event.js';
export * from './errors.js';
export { KnownHead } from './known-head.js';
export * from './event-ids.js';
export * from './event-store.js';
export * from './event-text.js';
export * from './json-member.js';
export * from './chain/chained-stream.js';
export type { ChainedEvent } from './chain/event-hash.js';
export * from './chain/log-chain.js';
export * from './log-id.js';
export * from './log-importer.js';
export * from './log-register.js';
export { TypeTally } from './type-tally.js';

/** Injection token of the event-store port. */
export const EVENT_STORE = Symbol('EventStore');

/** Injection token of the same log with what is personal left sealed: for those who are not to see it. */
export const SEALED_EVENT_STORE = Symbol('SealedEventStore');
