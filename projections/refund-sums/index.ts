export * from './refund-sums.read-model.js';
