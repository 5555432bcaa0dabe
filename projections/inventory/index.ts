export * from './stock-document.js';
export * from './stock.read-model.js';
