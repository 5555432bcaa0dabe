import { allocateWhole, divideRounded, parseRate } from '../shared/index.js';
import type { AppliedTax, PricingBasis, TaxRate } from './policy.js';

/** What is taxed: a line, or the shipping price as one unit. */
export interface Taxable {
  /** Minor units. */
  readonly unitPrice: number;
  readonly quantity: number;
}

export interface TaxResult {
  readonly taxes: readonly AppliedTax[];
  /** Minor units on top of the prices. */
  readonly tax: number;
  /** Minor units contained in the prices. */
  readonly taxIncluded: number;
}

/**
 * The tax on each taxable at every rate, rounded by line or by unit. Rates on top are taken of the price without the
 * included ones. The included tax of a price is rounded once and spread over its rates, so that net and tax make the
 * price again. Sums beyond the safe integers come out beyond them, and so does every total made of them.
 */
export const taxOf = (taxables: readonly Taxable[], rates: readonly TaxRate[], terms: TaxTerms): TaxResult => {
  const scheme = schemeOf(rates);
  const sums = { net: 0n, taxes: rates.map(() => 0n) };
  for (const { unitPrice, quantity } of taxables) {
    const byUnit = terms.basis.level === 'unit';
    const price = byUnit ? BigInt(unitPrice) : BigInt(unitPrice) * BigInt(quantity);
    addTax(sums, taxOfPrice(price, scheme, terms.basis), byUnit ? BigInt(quantity) : 1n);
  }
  return resultOf(sums, rates, terms.currency);
};

export interface TaxTerms {
  readonly basis: PricingBasis;
  readonly currency: string;
}

export const noTax: TaxResult = { taxes: [], tax: 0, taxIncluded: 0 };

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

const schemeOf = (rates: readonly TaxRate[]): Scheme => {
  const fractions = rates.map((rate) => parseRate(rate.rate));
  const denominator = fractions.reduce((most, each) => (each.denominator > most ? each.denominator : most), 1n);
  const scaled = rates.map((rate, index) => {
    const fraction = fractions[index] ?? { numerator: 0n, denominator: 1n };
    return { numerator: (fraction.numerator * denominator) / fraction.denominator, included: rate.included };
  });
  const includedWeights = scaled.map((rate) => (rate.included ? rate.numerator : 0n));
  const includedSum = includedWeights.reduce((sum, weight) => sum + weight, 0n);
  return { denominator, rates: scaled, includedWeights, includedSum };
};

const taxOfPrice = (price: bigint, scheme: Scheme, { rounding }: PricingBasis): Sums => {
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
};

const addTax = (sums: Sums, of: Sums, times: bigint): void => {
  sums.net += of.net * times;
  of.taxes.forEach((tax, index) => {
    sums.taxes[index] = (sums.taxes[index] ?? 0n) + tax * times;
  });
};

const resultOf = (sums: Sums, rates: readonly TaxRate[], currency: string): TaxResult => {
  const net = Number(sums.net);
  let tax = 0;
  let taxIncluded = 0;
  const taxes = rates.map(({ name, rate, included }, index): AppliedTax => {
    const amount = Number(sums.taxes[index] ?? 0n);
    if (included) taxIncluded += amount;
    else tax += amount;
    const gross = { amount: net + amount, currency };
    return { name, rate, included, net: { amount: net, currency }, tax: { amount, currency }, gross };
  });
  return { taxes, tax, taxIncluded };
};
