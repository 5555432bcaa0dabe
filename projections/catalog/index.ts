export * from './product-changes.js';
export * from './products.read-model.js';
export * from './prices.live-model.js';
export * from './price-history.live-model.js';
