import { allocateWhole, divideRounded, parseRate, subtractMoney } from '../shared/index.js';
import type { AppliedTax, LinePart, Money, PricedLine } from '../shared/index.js';
import type { PricingBasis, TaxRate } from './policy.js';

/** What is taxed: units at one price, less a discount that is spread over them. */
export interface Taxable {
  /** Minor units, as the others. */
  readonly unitPrice: number;
  readonly quantity: number;
  readonly discount: number;
}

/** How amounts are taxed: the rates, and how they are rounded. */
export interface Taxing {
  readonly rates: readonly TaxRate[];
  readonly rounding: PricingBasis['rounding'];
  readonly level: PricingBasis['level'];
  readonly currency: string;
}

/** net + taxes = gross. */
export interface Taxation {
  readonly taxes: readonly AppliedTax[];
  readonly net: Money;
  readonly gross: Money;
}

/**
 * The tax at every rate, rounded once for the whole or once a unit. Rates on top are taken of the price without the
 * included ones. The included tax of a price is rounded once and spread over its rates, so that net and tax make the
 * price again. Amounts beyond the safe integers come out beyond them, and so does every total made of them.
 */
export function taxOf(taxable: Taxable, { rates, rounding, level, currency }: Taxing): Taxation {
  const scheme = schemeOf(rates);
  const sums: Sums = { net: 0n, taxes: rates.map(() => 0n) };
  for (const [price, times] of pricesOf(taxable, level)) {
    addTimes(sums, taxOfPrice(price, scheme, rounding), times);
  }
  const net = { amount: Number(sums.net), currency };
  const taxes = rates.map(({ name, rate, included }, index): AppliedTax => {
    const amount = { amount: Number(sums.taxes[index] ?? 0n), currency };
    return { name, rate, included, base: net, amount };
  });
  const gross = sums.taxes.reduce((sum, tax) => sum + tax, sums.net);
  return { taxes, net, gross: { amount: Number(gross), currency } };
}

/** Several, rate by rate; a rate is the same where name, rate and inclusion are. In the order in which they come first. */
export function taxesByRate(all: readonly (readonly AppliedTax[])[]): readonly AppliedTax[] {
  const sums = new Map<string, AppliedTax>();
  for (const tax of all.flat()) {
    const key = JSON.stringify([tax.name, tax.rate, tax.included]);
    const before = sums.get(key);
    sums.set(
      key,
      before === undefined ? tax : { ...tax, base: sum(before.base, tax.base), amount: sum(before.amount, tax.amount) },
    );
  }
  return [...sums.values()];
}

/** Adds without a guard: `priceCart` refuses totals beyond the safe integers. */
const sum = (a: Money, b: Money): Money => ({ amount: a.amount + b.amount, currency: a.currency });

/**
 * The first units of a line. Of a discount on q units the first k bear k × ⌊discount / q⌋, and one minor unit each of
 * the rest: whatever is taken of a line first, its parts add up to it.
 */
export function firstUnits({ unitPrice, quantity, discount }: Taxable, units: number): Taxable {
  const each = Math.floor(discount / quantity);
  return { unitPrice, quantity: units, discount: each * units + Math.min(units, discount - each * quantity) };
}

/** What is rounded once, and how many times it is there. */
function pricesOf(taxable: Taxable, level: PricingBasis['level']): readonly (readonly [bigint, bigint])[] {
  const [price, quantity, discount] = [taxable.unitPrice, taxable.quantity, taxable.discount].map(BigInt) as Three;
  if (quantity === 0n) return [];
  if (level === 'line') return [[price * quantity - discount, 1n]];
  const [each, rest] = [discount / quantity, discount % quantity];
  const withoutRest = [price - each, quantity - rest] as const;
  return rest === 0n ? [withoutRest] : [[price - each - 1n, rest], withoutRest];
}

type Three = [bigint, bigint, bigint];

/** The rates over one denominator. */
interface Scheme {
  readonly denominator: bigint;
  readonly rates: readonly { readonly numerator: bigint; readonly included: boolean }[];
  /** Numerators of the included rates, 0 in the place of the others. */
  readonly includedWeights: readonly bigint[];
  readonly includedSum: bigint;
}

interface Sums {
  net: bigint;
  readonly taxes: bigint[];
}

function schemeOf(rates: readonly TaxRate[]): Scheme {
  const fractions = rates.map((rate) => parseRate(rate.rate));
  const denominator = fractions.reduce((most, each) => (each.denominator > most ? each.denominator : most), 1n);
  const scaled = rates.map((rate, index) => {
    const fraction = fractions[index] ?? { numerator: 0n, denominator: 1n };
    return { numerator: (fraction.numerator * denominator) / fraction.denominator, included: rate.included };
  });
  const includedWeights = scaled.map((rate) => (rate.included ? rate.numerator : 0n));
  const includedSum = includedWeights.reduce((all, weight) => all + weight, 0n);
  return { denominator, rates: scaled, includedWeights, includedSum };
}

function taxOfPrice(price: bigint, scheme: Scheme, rounding: PricingBasis['rounding']): Sums {
  const { denominator, includedSum, includedWeights } = scheme;
  if (includedSum === 0n) {
    const taxes = scheme.rates.map((rate) => divideRounded(price * rate.numerator, denominator, rounding));
    return { net: price, taxes };
  }
  const included = divideRounded(price * includedSum, denominator + includedSum, rounding);
  const net = price - included;
  const parts = allocateWhole(included, includedWeights);
  const taxes = scheme.rates.map((rate, index) =>
    rate.included ? (parts[index] ?? 0n) : divideRounded(net * rate.numerator, denominator, rounding),
  );
  return { net, taxes };
}

function addTimes(sums: Sums, of: Sums, times: bigint): void {
  sums.net += of.net * times;
  of.taxes.forEach((tax, index) => {
    sums.taxes[index] = (sums.taxes[index] ?? 0n) + tax * times;
  });
}

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
export function linePart(line: PricedLine, { after, quantity }: Units, basis: PricingBasis): LinePart {
  const { lineId, sku } = line;
  const [before, all] = [amountsOf(line, after, basis), amountsOf(line, after + quantity, basis)];
  const [net, gross] = [subtractMoney(all.net, before.net), subtractMoney(all.gross, before.gross)];
  return { lineId, sku, quantity, net, tax: subtractMoney(gross, net), gross };
}

interface Amounts {
  readonly net: Money;
  readonly gross: Money;
}

function amountsOf(line: PricedLine, units: number, { rounding, level }: PricingBasis): Amounts {
  const { unitPrice, quantity, discount, taxes, net, gross } = line;
  if (units === quantity) return { net, gross };
  const taxable = firstUnits({ unitPrice: unitPrice.amount, quantity, discount: discount.amount }, units);
  return taxOf(taxable, { rates: taxes, rounding, level, currency: unitPrice.currency });
}
