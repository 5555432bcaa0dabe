export * from './payment-sums.read-model.js';
