export * from './policy.js';
export { namedPricingPolicies } from './named-policies.js';
export { parsePricingPolicy } from './parse-policy.js';
export { cartTotals, priceCart, totalTooLarge } from './price-cart.js';
export type { CartPricing, PriceableLine } from './price-cart.js';
export { priceOfShipped } from './price-of-shipped.js';
export { shippingMethodsFor } from './shipping-methods.js';
export type { ShippingOffer } from './shipping-methods.js';
