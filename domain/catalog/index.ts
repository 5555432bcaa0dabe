export type * from './commands.js';
export { NO_CATEGORY, productAggregate, productDecider, tidied, variantAggregate, variantDecider } from './decider.js';
export type * from './events.js';
export { priceFor, priceTiers } from './price-for.js';
export type { PriceWanted } from './price-for.js';
export { basePrice, basePrices, isInWindow, priceIdOf, rowsInForce, windowsAfter } from './price-rows.js';
export { changedProduct } from './state.js';
export type { ListedProduct, SoldVariant } from './state.js';
export * from './view.js';
