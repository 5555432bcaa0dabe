import type { AuthorizationOutcome, PaymentProvider, ProviderOutcome } from './payment-provider.js';

/** Every provider that this shop works with, by name: a payment stays with the one that was asked first. */
export interface PaymentProviders {
  /** Who takes new payments. */
  readonly preferred: PaymentProvider;
  named(name: string): PaymentProvider | undefined;
}

export function paymentProviders(preferred: PaymentProvider, ...others: readonly PaymentProvider[]): PaymentProviders {
  const byName = new Map([preferred, ...others].map((provider) => [provider.name, provider]));
  return { preferred, named: (name) => byName.get(name) };
}

/** The same providers, each with something around it. */
export const eachProvider = (
  providers: PaymentProviders,
  around: (provider: PaymentProvider) => PaymentProvider,
): PaymentProviders => ({
  preferred: around(providers.preferred),
  named: (name) => {
    const provider = providers.named(name);
    return provider && around(provider);
  },
});

export type ProviderOperation = 'authorize' | 'capture' | 'void' | 'refund';

/** Carries out one call; what it answers is what the provider's call answered. */
export type AroundCall = <Outcome extends AuthorizationOutcome | ProviderOutcome>(
  operation: ProviderOperation,
  call: () => Promise<Outcome>,
) => Promise<Outcome>;

/** A provider with something around each of its calls. */
export const aroundCalls = (provider: PaymentProvider, around: AroundCall): PaymentProvider => ({
  name: provider.name,
  capabilities: provider.capabilities,
  authorize: (payment) => around('authorize', () => provider.authorize(payment)),
  capture: (payment) => around('capture', () => provider.capture(payment)),
  void: (payment) => around('void', () => provider.void(payment)),
  refund: (payment) => around('refund', () => provider.refund(payment)),
  factIn: (headers, body) => provider.factIn(headers, body),
});
