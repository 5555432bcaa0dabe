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
