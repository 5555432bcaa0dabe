import { refuse } from '../shared/index.js';
import type { Money, PricedLine, Refused, Totals } from '../shared/index.js';
import type { AppliedTax, Destination, PricingBasis, PricingPolicy, TaxRate } from './policy.js';
import { chooseShipping } from './shipping-methods.js';
import type { ShippingOffer } from './shipping-methods.js';
import { noTax, taxOf } from './tax.js';
import type { Taxable, TaxResult } from './tax.js';
import { ratesAt } from './tax-zones.js';

/** What pricing needs of a line; all lines are in the terms' currency. */
export type PriceableLine = Pick<PricedLine, 'quantity' | 'unitPrice' | 'lineTotal'>;

export interface PricingTerms {
  readonly policy: PricingPolicy;
  readonly currency: string;
  /** Without it: the first method on offer. */
  readonly shippingMethod?: string;
}

/** Refused `SHIPPING.NO_METHOD`, `SHIPPING.UNKNOWN_METHOD`, `ADDRESS.UNKNOWN_REGION` or `CART.TOTAL_TOO_LARGE`. */
export type CartPricing =
  | {
      readonly accepted: true;
      readonly totals: Totals;
      readonly taxes: readonly AppliedTax[];
      readonly basis: PricingBasis;
      readonly shippingMethod: string;
    }
  | Refused;

/** What the lines cost at a destination. Without lines everything is zero, yet an unknown method is still refused. */
export const priceCart = (
  lines: readonly PriceableLine[],
  destination: Destination,
  terms: PricingTerms,
): CartPricing => {
  const subtotal = subtotalOf(lines, terms.currency);
  if (lines.length === 0) return priceOfNothing(terms);
  const choice = chooseShipping(terms.shippingMethod, subtotal, { destination, policy: terms.policy });
  if (!choice.accepted) return choice;
  const zone = ratesAt(destination, terms.policy);
  if (!zone.accepted) return zone;
  const shipping = terms.policy.taxShipping ? choice.offer.price : null;
  const tax = taxAt(zone.rates, { lines, shipping, terms });
  return priced(subtotal, choice.offer, { policy: terms.policy, tax });
};

/**
 * A cart's own totals, before anybody has said where it goes: the lines, without shipping and without tax on top. They
 * follow from the cart's events alone, so that a policy changed later changes no cart that is shown. What an order would
 * cost is the quote's answer.
 */
export const cartTotals = (subtotal: Money): Totals => {
  const none: Money = { amount: 0, currency: subtotal.currency };
  return { subtotal, discount: none, shipping: none, tax: none, taxIncluded: none, total: subtotal };
};

export const totalTooLarge = () =>
  refuse('CART.TOTAL_TOO_LARGE', 'The cart would cost more than can be counted exactly.');

/** Lines, and the shipping price as one more unit where it is taxed. */
export const taxablesOf = (lines: readonly PriceableLine[], shipping: Money | null): Taxable[] => {
  const taxables = lines.map(({ unitPrice, quantity }): Taxable => ({ unitPrice: unitPrice.amount, quantity }));
  if (shipping !== null) taxables.push({ unitPrice: shipping.amount, quantity: 1 });
  return taxables;
};

/** A sum beyond the safe integers stays beyond them, and the total with it. */
const subtotalOf = (lines: readonly PriceableLine[], currency: string): Money => {
  let amount = 0;
  for (const line of lines) amount += line.lineTotal.amount;
  return { amount, currency };
};

interface Taxed {
  readonly lines: readonly PriceableLine[];
  readonly shipping: Money | null;
  readonly terms: PricingTerms;
}

const taxAt = (rates: readonly TaxRate[], { lines, shipping, terms }: Taxed): TaxResult => {
  if (rates.length === 0) return noTax;
  return taxOf(taxablesOf(lines, shipping), rates, { basis: basisOf(terms.policy), currency: terms.currency });
};

const priceOfNothing = ({ policy, currency, shippingMethod }: PricingTerms): CartPricing => {
  const method = policy.shippingMethods.find(({ id }) => shippingMethod === undefined || id === shippingMethod);
  if (method === undefined) {
    return refuse('SHIPPING.UNKNOWN_METHOD', `There is no shipping method ${shippingMethod}.`);
  }
  const totals = cartTotals({ amount: 0, currency });
  return { accepted: true, totals, taxes: [], basis: basisOf(policy), shippingMethod: method.id };
};

const priced = (
  subtotal: Money,
  shipping: ShippingOffer,
  { tax, policy }: { readonly tax: TaxResult; readonly policy: PricingPolicy },
): CartPricing => {
  const currency = subtotal.currency;
  const total = subtotal.amount + shipping.price.amount + tax.tax;
  if (!Number.isSafeInteger(total)) return totalTooLarge();
  const totals: Totals = {
    subtotal,
    discount: { amount: 0, currency },
    shipping: shipping.price,
    tax: { amount: tax.tax, currency },
    taxIncluded: { amount: tax.taxIncluded, currency },
    total: { amount: total, currency },
  };
  return { accepted: true, totals, taxes: tax.taxes, basis: basisOf(policy), shippingMethod: shipping.id };
};

const basisOf = (policy: PricingPolicy): PricingBasis => ({
  policy: policy.name,
  rounding: policy.rounding,
  level: policy.level,
});
