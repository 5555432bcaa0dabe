import type { Money, RoundingMode, TaxedPrice, Totals } from '../shared/index.js';
import { discountsFor } from './discounts.js';
import type { Buyer, Discounts } from './discounts.js';
import { cartTotals, untaxedPrice } from './price-cart.js';
import type { PriceableLine } from './price-cart.js';
import type { Offer } from './promotion.js';

/** By what a cart is priced while nobody has said where it goes. */
export interface OpenCartTerms {
  readonly currency: string;
  readonly rounding: RoundingMode;
  /** What the buyer may have of the promotions in force. */
  readonly offers: readonly Offer[];
  readonly buyer: Buyer;
}

/** What an open cart costs: lines less discounts, without shipping and tax. */
export interface OpenCartPrice {
  /** In the order of the lines. */
  readonly lines: readonly TaxedPrice[];
  readonly totals: Totals;
  readonly promotions: Omit<Discounts, 'lines' | 'shipping'>;
}

/**
 * Prices a cart whose destination is not known yet: what promotions take off its lines is known, shipping and tax are the
 * quote's to say.
 */
export function priceOpenCart(lines: readonly PriceableLine[], terms: OpenCartTerms): OpenCartPrice {
  const { currency, rounding, offers, buyer } = terms;
  const discounts = discountsFor({ lines, shipping: null, currency, rounding }, offers, buyer);
  const money = (amount: number): Money => ({ amount, currency });
  let [subtotal, discount] = [0, 0];
  const prices = lines.map(({ lineTotal }, index): TaxedPrice => {
    const own = discounts.lines[index] ?? [];
    const off = own.reduce((sum, { amount }) => sum + amount.amount, 0);
    subtotal += lineTotal.amount;
    discount += off;
    if (off === 0) return untaxedPrice(lineTotal);
    const left = money(lineTotal.amount - off);
    return { discounts: own, discount: money(off), taxes: [], net: left, gross: left };
  });
  const left = money(subtotal - discount);
  const totals: Totals = { ...cartTotals(money(subtotal)), discount: money(discount), net: left, total: left };
  const { promotions, outcomes, hints, failures } = discounts;
  return { lines: prices, totals, promotions: { promotions, outcomes, hints, failures } };
}
