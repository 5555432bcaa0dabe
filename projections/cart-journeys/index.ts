export * from './cart-journeys.read-model.js';
