export * as paymentBalance from './payment-balance.js';
export type { PaymentBalance, PaymentStatus } from './payment-balance.js';
export * from './payment-document.js';
export * from './payments.read-model.js';
