export * from './pricing-policy.live-model.js';
