export * from './payment-provider.js';

/** Injection token of the payment-provider port. */
export const PAYMENT_PROVIDER = Symbol('PaymentProvider');
