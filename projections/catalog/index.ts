export * from './product-document.js';
export * from './products.read-model.js';
