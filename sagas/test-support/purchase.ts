import type { ProductFacts } from '../../domain/cart/index.js';

// Who buys in specs of sagas, and what: everything costs 5.00 but what is named a gift; what is named a card is a gift card.

export const address = { name: 'Ada', line1: 'Main St 1', city: 'Springfield', postalCode: '12345', country: 'US' };

export const buyer = (token: string | null) => ({
  email: 'ada@example.org',
  shippingAddress: address,
  ...(token && { paymentToken: token }),
});

export const productFacts = (sku: string): ProductFacts => ({
  sku,
  name: `The ${sku}`,
  categories: ['GROCERY'],
  taxClass: 'standard',
  ...(sku.includes('CARD') ? { kind: 'gift-card' as const } : {}),
  prices: [{ amount: sku.startsWith('GIFT') ? 0 : 500, currency: 'USD' }],
});
