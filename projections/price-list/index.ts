export * from './price-lists.read-model.js';
