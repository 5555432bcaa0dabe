export * as paymentBalance from './payment-balance.js';
export type { PaymentBalance } from './payment-balance.js';
export * from './payment-document.js';
export * from './payments.read-model.js';
