export * from './errors.js';
export * from './key-store.js';

/** Injection token of the key-store port. */
export const KEY_STORE = Symbol('KeyStore');
