export * from './product-changes.js';
export * from './product-document.js';
export * from './products.read-model.js';
