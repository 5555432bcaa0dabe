import { calculator, halfEven, halfUp } from 'dinero.js/bigint';

export type RoundingMode = 'half-even' | 'half-up';

/** A decimal fraction, exactly: `"0.19"` is 19 / 100. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const decimal = /^(\d{1,4})(?:\.(\d{1,10}))?$/;

/** Whether a rate can be read: digits with at most ten decimals, no sign, no exponent. */
export const isRate = (text: string): boolean => decimal.test(text);

/** @throws RangeError when {@link isRate} does not hold */
export function parseRate(text: string): Fraction {
  const match = decimal.exec(text);
  if (match === null) throw new RangeError(`${text} is no decimal rate`);
  const [, whole = '0', decimals = ''] = match;
  return { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) };
}

/** numerator / denominator as a whole number, rounded by dinero. `denominator` is above 0. */
export const divideRounded = (numerator: bigint, denominator: bigint, mode: RoundingMode): bigint =>
  mode === 'half-even' ? halfEven(numerator, denominator, calculator) : halfUp(numerator, denominator, calculator);

/** A fraction whose parts are exact as plain numbers; `numerator` from 0 on, `denominator` above 0. */
export interface WholeFraction {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * amount × numerator / denominator, rounded to a whole number. `amount` is from 0 on. Plain numbers where the product is exact in them, which is a tenth of the work of `divideRounded`: carts are priced with every command.
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
