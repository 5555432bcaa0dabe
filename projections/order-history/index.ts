export * from './order-history-document.js';
export * from './order-history.read-model.js';
