import { exponentOf } from '../../domain/shared/index.js';

/** An amount in major units, such as `12.30 EUR`. @param amount minor units */
export function amountText({
  amount,
  currency,
}: {
  readonly amount: number | bigint;
  readonly currency: string;
}): string {
  const exponent = exponentOf(currency);
  const [sign, minor] = amount < 0 ? ['-', String(amount).slice(1)] : ['', String(amount)];
  const digits = minor.padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  return exponent === 0 ? `${sign}${whole} ${currency}` : `${sign}${whole}.${digits.slice(-exponent)} ${currency}`;
}
