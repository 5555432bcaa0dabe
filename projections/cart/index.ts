export * from './cart.live-model.js';
