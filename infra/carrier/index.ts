export * from './carrier.js';

/** Injection token of the carrier port. */
export const CARRIER = Symbol('Carrier');
