export * from './config.js';

/** Injection token of the configuration. */
export const CONFIG = Symbol('Config');
