export * from './read-model-store.js';

/** Injection token of the read-model-store port. */
export const READ_MODEL_STORE = Symbol('ReadModelStore');
