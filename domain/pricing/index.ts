export * from './policy.js';
export type * from './promotion.js';
export { linePart } from './tax.js';
export { JsonReader } from './json-reader.js';
export type { PolicyProblem } from './json-reader.js';
export { parsePricingPolicy } from './parse-policy.js';
export { cartTotals, lineItem, priceCart, totalTooLarge, untaxedPrice, policyHash } from './price-cart.js';
export type { PriceableLine, Priced } from './price-cart.js';
export { shippingMethodsFor } from './shipping-methods.js';
