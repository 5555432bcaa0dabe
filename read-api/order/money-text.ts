import { exponentOf } from '../../domain/shared/index.js';
import type { Money } from '../../domain/shared/index.js';

/** An amount for people: `1,234.50 USD`, `1,234 JPY`; exact, as the text is made of the minor units and not of a fraction. */
export function moneyText({ amount, currency }: Money): string {
  const digits = exponentOf(currency);
  const format = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${format.format(`${amount}E-${digits}` as `${number}`)} ${currency}`;
}
