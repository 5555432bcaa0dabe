export * from './coupons.read-model.js';
