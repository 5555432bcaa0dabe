export * from './payment-facts.js';
export * from './payment.live-model.js';
