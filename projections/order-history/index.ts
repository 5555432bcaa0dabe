export * from './order-history.read-model.js';
