import { money, multiplyMoney } from '../shared/index.js';
import type { Money } from '../shared/index.js';
import type { AppliedTax, PricingBasis } from './policy.js';
import type { PriceableLine } from './price-cart.js';
import { taxOf } from './tax.js';

/** How an order was taxed. */
export interface RecordedTaxes {
  readonly taxes: readonly AppliedTax[];
  readonly pricing: PricingBasis;
}

/** A line without the tax that its price contains, at the rates and the rounding recorded with the order. */
export function netPrice(
  { unitPrice, quantity }: Pick<PriceableLine, 'unitPrice' | 'quantity'>,
  { taxes, pricing }: RecordedTaxes,
): Money {
  const gross = multiplyMoney(unitPrice, quantity);
  const contained = taxes.filter(({ included }) => included);
  if (contained.length === 0) return gross;
  const { currency } = unitPrice;
  const { taxIncluded } = taxOf([{ unitPrice: unitPrice.amount, quantity }], contained, { basis: pricing, currency });
  return money(gross.amount - taxIncluded, currency);
}
