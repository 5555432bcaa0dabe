import { subtractMoney } from '../shared/index.js';
import type { LinePart, Money, PricedLine } from '../shared/index.js';
import type { PricingBasis } from './policy.js';
import { firstUnits, taxOf } from './tax.js';

/** Units of a line that leave it together: those from the place `after` on. */
interface Units {
  readonly after: number;
  readonly quantity: number;
}

/**
 * What units of a line bear of its amounts. The first k units cost what they would had the others never been in the line:
 * their own share of its discount, taxed at the rates and the rounding recorded with it. Units after them bear the
 * difference, so that the parts of a line add up to it however it is taken apart.
 */
export const linePart = (line: PricedLine, { after, quantity }: Units, basis: PricingBasis): LinePart => {
  const { lineId, sku } = line;
  const [before, all] = [amountsOf(line, after, basis), amountsOf(line, after + quantity, basis)];
  const [net, gross] = [subtractMoney(all.net, before.net), subtractMoney(all.gross, before.gross)];
  return { lineId, sku, quantity, net, tax: subtractMoney(gross, net), gross };
};

interface Amounts {
  readonly net: Money;
  readonly gross: Money;
}

const amountsOf = (line: PricedLine, units: number, { rounding, level }: PricingBasis): Amounts => {
  const { unitPrice, quantity, discount, taxes, net, gross } = line;
  if (units === quantity) return { net, gross };
  const taxable = firstUnits({ unitPrice: unitPrice.amount, quantity, discount: discount.amount }, units);
  return taxOf(taxable, { rates: taxes, rounding, level, currency: unitPrice.currency });
};
