export * from './read-store.js';

/** Injection token of the read-store port. */
export const READ_STORE = Symbol('ReadStore');
