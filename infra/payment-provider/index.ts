export * from './payment-provider.js';
export * from './payment-providers.js';

/** Injection token of the registry of payment providers. */
export const PAYMENT_PROVIDERS = Symbol('PaymentProviders');
