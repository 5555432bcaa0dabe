import { calculator, halfEven, halfUp } from 'dinero.js/bigint';
import { currencyCode } from './currency.js';
import { described, integer, named, object } from './schema.js';
import type { Of, Schema } from './schema.js';

/** An amount in minor units of an ISO 4217 currency, as in `{"amount": 1999, "currency": "USD"}`; a safe integer. */
export const Money = named(
  'Money',
  object(
    {
      amount: integer('Minor units of the currency: cents of USD, yen of JPY.', 299),
      currency: currencyCode(),
    },
    'An amount of money.',
  ),
);
export type Money = Of<typeof Money>;

/** Money as a member of something; `cents` of the example, in USD. */
export const someMoney = (description: string, cents = 299): Schema<Money> =>
  described(Money, description, { amount: cents, currency: 'USD' });

// Sums run for every line of every cart, so they are plain integers with a guard; what rounds goes through dinero.
// Results beyond ±(2⁵³ − 1), and mixed currencies, are programming errors (RangeError): deciders refuse before.

/** @throws RangeError when the amount is no safe integer */
export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} ${currency} is no safe integer amount`);
  return { amount, currency };
}

export const zero = (currency: string): Money => ({ amount: 0, currency });

export const addMoney = (a: Money, b: Money): Money => money(a.amount + sameCurrency(a, b).amount, a.currency);

export const subtractMoney = (a: Money, b: Money): Money => money(a.amount - sameCurrency(a, b).amount, a.currency);

/** @throws RangeError also when `times` is no whole number */
export function multiplyMoney(a: Money, times: number): Money {
  if (!Number.isSafeInteger(times)) throw new RangeError(`${times} is no whole number`);
  const amount = a.amount * times;
  return money(amount === 0 ? 0 : amount, a.currency);
}

/** Below, at or above 0 as `a` is less than, equal to or more than `b`. */
export const compareMoney = (a: Money, b: Money): number => Math.sign(a.amount - sameCurrency(a, b).amount);

/** Whether amount and currency are the same; never throws. */
export const sameMoney = (a: Money, b: Money): boolean => a.amount === b.amount && a.currency === b.currency;

/** Sum of any number of amounts, all in `currency`. */
export function sumMoney(amounts: readonly Money[], currency: string): Money {
  let sum = 0;
  for (const each of amounts) {
    if (each.currency !== currency) throw new RangeError(`${each.currency} in a sum of ${currency}`);
    sum += each.amount;
    if (!Number.isSafeInteger(sum)) throw new RangeError(`the sum leaves the safe integers at ${sum} ${currency}`);
  }
  return { amount: sum, currency };
}

// Rates and rounding.

export type RoundingMode = 'half-even' | 'half-up';

/** An exact decimal fraction: `"0.19"` is 19 / 100. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const decimal = /^(\d{1,4})(?:\.(\d{1,10}))?$/;

/** Checks that a rate can be read: digits with at most ten decimals, no sign, no exponent. */
export const isRate = (text: string): boolean => decimal.test(text);

/** @throws RangeError when {@link isRate} does not hold */
export function parseRate(text: string): Fraction {
  const match = decimal.exec(text);
  if (match === null) throw new RangeError(`${text} is no decimal rate`);
  const [, whole = '0', decimals = ''] = match;
  return { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) };
}

/** Divides to a whole number, rounded by dinero. `denominator` is above 0. */
export const divideRounded = (numerator: bigint, denominator: bigint, mode: RoundingMode): bigint =>
  mode === 'half-even' ? halfEven(numerator, denominator, calculator) : halfUp(numerator, denominator, calculator);

/** A fraction of plain numbers that are exact; `numerator` from 0 on, `denominator` above 0. */
export interface WholeFraction {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * Computes amount × numerator / denominator, rounded to a whole number; `amount` is from 0 on. Where the product is exact as a plain
 * number this takes a tenth of the time of `divideRounded`, and carts are priced with every command.
 */
export function share(amount: number, { numerator, denominator }: WholeFraction, mode: RoundingMode): number {
  const product = amount * numerator;
  if (!Number.isSafeInteger(product))
    return Number(divideRounded(BigInt(amount) * BigInt(numerator), BigInt(denominator), mode));
  const rest = product % denominator;
  const whole = (product - rest) / denominator;
  const half = rest * 2 - denominator;
  return half > 0 || (half === 0 && (mode === 'half-up' || whole % 2 === 1)) ? whole + 1 : whole;
}

/** Multiplies by a decimal rate (`"0.19"`) and rounds to the minor unit. */
export function multiplyByRate(a: Money, rate: string, mode: RoundingMode): Money {
  const { numerator, denominator } = parseRate(rate);
  return money(Number(divideRounded(BigInt(a.amount) * numerator, denominator, mode)), a.currency);
}

/**
 * Spreads an amount over weights by largest remainder; the parts sum exactly to it, and of equal remainders the earlier
 * weight is served first. (dinero's allocate serves the first weights whatever their remainders.)
 * @throws RangeError unless the weights are whole numbers from 0 on, one of them above 0
 */
export function allocate(total: Money, weights: readonly number[]): Money[] {
  if (!weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0)) {
    throw new RangeError('weights are whole numbers from 0 on');
  }
  const sign = total.amount < 0 ? -1 : 1;
  const parts = spread(Math.abs(total.amount), weights);
  return parts.map((part) => ({ amount: part === 0 ? 0 : sign * part, currency: total.currency }));
}

/**
 * Spreads a whole number over weights by largest remainder; all are from 0 on. It uses plain numbers where every product is exact, as
 * orders are discounted with every command on a cart.
 */
export function spread(total: number, weights: readonly number[]): number[] {
  let sum = 0;
  let most = 0;
  for (const weight of weights) {
    sum += weight;
    if (weight > most) most = weight;
  }
  if (!Number.isSafeInteger(total * most) || !Number.isSafeInteger(sum))
    return allocateWhole(BigInt(total), weights.map(BigInt)).map(Number);
  if (sum === 0) throw new RangeError('no weight is above 0');
  const remainders = weights.map((weight) => (total * weight) % sum);
  const parts = weights.map((weight, index) => (total * weight - (remainders[index] ?? 0)) / sum);
  let left = total;
  for (const part of parts) left -= part;
  if (left === 0) return parts;
  for (const index of largestFirst(remainders, sum).slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

/** Indexes of numbers below `limit`, the largest number first, of equal ones the lower index. */
function largestFirst(numbers: readonly number[], limit: number): readonly number[] {
  const count = numbers.length;
  if (!Number.isSafeInteger((limit + 1) * count)) {
    const indexes = numbers.map((_, index) => index);
    return indexes.sort((a, b) => (numbers[b] ?? 0) - (numbers[a] ?? 0) || a - b);
  }
  // A number and its index as one number: sorting plain numbers takes a third of the time.
  const keys = Float64Array.from(numbers, (number, index) => (limit - number) * count + index).sort();
  return Array.from(keys, (key) => key % count);
}

/** Largest remainder on whole numbers; `total` and the weights are not below 0. */
export function allocateWhole(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum === 0n) throw new RangeError('no weight is above 0');
  const parts = weights.map((weight) => (total * weight) / sum);
  const remainders = weights.map((weight) => (total * weight) % sum);
  const byRemainder = remainders.map((_, index) => index).sort((a, b) => descending(remainders, a, b));
  const left = Number(total - parts.reduce((all, part) => all + part, 0n));
  for (const index of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}

function descending(values: readonly bigint[], a: number, b: number): number {
  const [left = 0n, right = 0n] = [values[a], values[b]];
  return left === right ? a - b : left > right ? -1 : 1;
}

function sameCurrency(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new RangeError(`${a.currency} and ${b.currency} are not the same currency`);
  return b;
}
