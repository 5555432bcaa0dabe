export * from './promotions.read-model.js';
export * from './promotion-terms.live-model.js';
