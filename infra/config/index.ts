export * from './config.js';
export * from './edge.js';

/** Injection token of the configuration. */
export const CONFIG = Symbol('Config');

/** Injection token of the pricing policy in force (`PricingPolicy` of domain/pricing). */
export const PRICING_POLICY = Symbol('PricingPolicy');
