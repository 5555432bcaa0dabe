import { money, zero } from '../shared/index.js';
import type { Money, Totals } from '../shared/index.js';
import { taxablesOf } from './price-cart.js';
import type { PriceableLine } from './price-cart.js';
import type { AppliedTax, PricingBasis } from './policy.js';
import { taxOf } from './tax.js';

/** An order as it was priced, and how much of it has shipped. */
export interface ShippedPart {
  readonly lines: readonly (PriceableLine & { readonly sku: string })[];
  /** Units shipped by SKU; a SKU that is not in it has not shipped. */
  readonly shipped: ReadonlyMap<string, number>;
  readonly totals: Totals;
  readonly taxes: readonly AppliedTax[];
  readonly basis: PricingBasis;
}

/**
 * What an order costs when only these units ship, as if the others had never been in it: their prices, tax on top at the
 * rates and the rounding recorded with the order, and the whole shipping cost. All of it when all shipped, 0 when
 * nothing did, never more with less shipped.
 */
export const priceOfShipped = (part: ShippedPart): Money => {
  const { totals, taxes, basis } = part;
  const currency = totals.total.currency;
  const lines = shippedLines(part);
  if (lines.length === 0) return zero(currency);
  const tax = taxOf(taxablesOf(lines, taxedShipping(part)), taxes, { basis, currency });
  const goods = lines.reduce((sum, line) => sum + line.unitPrice.amount * line.quantity, 0);
  return money(goods + totals.shipping.amount + tax.tax, currency);
};

const shippedLines = ({ lines, shipped }: ShippedPart): PriceableLine[] =>
  lines.flatMap((line) => {
    const quantity = Math.min(shipped.get(line.sku) ?? 0, line.quantity);
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });

/** The order says what was taxed by its net: the lines alone, or the lines and the shipping price. */
const taxedShipping = ({ totals, taxes }: ShippedPart): Money | null => {
  const taxed = (taxes[0]?.net.amount ?? 0) + totals.taxIncluded.amount;
  return taxed > totals.subtotal.amount ? totals.shipping : null;
};
