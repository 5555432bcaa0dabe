import type { LinePart, PricedLine, PricedShipping, Totals } from '../commerce.js';
import type { Money } from '../money.js';
import type { PricingBasis } from '../../pricing/index.js';

// Orders as the default pricing policy makes them: without tax, shipped for nothing.

interface Sale {
  readonly price: Money;
  readonly quantity: number;
}

export function untaxedLine(sku: string, { price, quantity }: Sale, others: Partial<PricedLine> = {}): PricedLine {
  const lineTotal = { amount: price.amount * quantity, currency: price.currency };
  return {
    lineId: sku,
    sku,
    name: `Nice ${sku}`,
    quantity,
    unitPrice: price,
    lineTotal,
    taxClass: 'standard',
    categories: [],
    priceIncludesTax: false,
    discounts: [],
    discount: { amount: 0, currency: price.currency },
    taxes: [],
    net: lineTotal,
    gross: lineTotal,
    ...others,
  };
}

/** Units of such a line. */
export function untaxedPart(sku: string, { price, quantity }: Sale): LinePart {
  const net = { amount: price.amount * quantity, currency: price.currency };
  return { lineId: sku, sku, quantity, net, tax: { amount: 0, currency: price.currency }, gross: net };
}

export const untaxedShipping = (price: Money): PricedShipping => ({
  method: 'standard',
  name: 'Standard shipping',
  price,
  discounts: [],
  discount: { amount: 0, currency: price.currency },
  taxes: [],
  net: price,
  gross: price,
  cheapest: price,
});

export function untaxedTotals(subtotal: Money): Totals {
  const none = { amount: 0, currency: subtotal.currency };
  return { subtotal, discount: none, shipping: none, tax: none, taxIncluded: none, net: subtotal, total: subtotal };
}

export const defaultBasis: PricingBasis = {
  policy: 'default',
  hash: 'ad48c7f22cc8472e',
  rounding: 'half-even',
  level: 'line',
  zone: null,
};
