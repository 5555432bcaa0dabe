import type { PaymentProvider, PaymentRequest } from '../../infra/payment-provider/index.js';

const SUCCEEDED = { outcome: 'succeeded', reference: null } as const;

const costsNothing = ({ amount }: PaymentRequest): boolean => amount.amount === 0;

/** A provider that is never asked about no money: most refuse amounts of 0, and a declined card is no reason not to give. */
export const unlessNothing = (provider: PaymentProvider): PaymentProvider => ({
  name: provider.name,
  capabilities: provider.capabilities,
  authorize: async (payment) => (costsNothing(payment) ? SUCCEEDED : provider.authorize(payment)),
  capture: async (payment) => (costsNothing(payment) ? SUCCEEDED : provider.capture(payment)),
  void: async (payment) => (costsNothing(payment) ? SUCCEEDED : provider.void(payment)),
  refund: async (payment) => (costsNothing(payment) ? SUCCEEDED : provider.refund(payment)),
  factIn: (headers, body) => provider.factIn(headers, body),
});
