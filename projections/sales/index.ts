export * from './sales-document.js';
export * from './sales.read-model.js';
