export * from './promotions.read-model.js';
