export * from './policy.js';
export type { Offer } from './promotion.js';
export { linePart } from './tax.js';
export { parsePricingPolicy } from './parse-policy.js';
export { cartTotals, lineItem, priceCart, totalTooLarge, untaxedPrice } from './price-cart.js';
export type { PriceableLine, Priced } from './price-cart.js';
export { shippingMethodsFor } from './shipping-methods.js';
