export * from './stock.read-model.js';
