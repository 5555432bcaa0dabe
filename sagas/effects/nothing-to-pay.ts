import type { PaymentProvider, PaymentReference, ProviderOutcome } from '../../infra/payment-provider/index.js';

const SUCCEEDED: ProviderOutcome = { outcome: 'succeeded' };

/** A provider that is never asked about no money: most refuse amounts of 0, and a declined card is no reason not to give. */
export function unlessNothing(provider: PaymentProvider): PaymentProvider {
  const ask = (call: 'authorize' | 'capture' | 'void' | 'refund') => (payment: PaymentReference) =>
    payment.amount.amount === 0 ? Promise.resolve(SUCCEEDED) : provider[call](payment);
  return {
    name: provider.name,
    authorize: ask('authorize'),
    capture: ask('capture'),
    void: ask('void'),
    refund: ask('refund'),
    verify: (headers, body) => provider.verify(headers, body),
  };
}
