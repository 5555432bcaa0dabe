export * from './config.js';
export * from './edge.js';

/** Injection token of the configuration. */
export const CONFIG = Symbol('Config');
