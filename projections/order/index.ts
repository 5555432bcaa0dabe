export * from './order-document.js';
export * from './orders.read-model.js';
