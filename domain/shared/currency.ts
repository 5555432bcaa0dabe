import * as currencies from 'dinero.js/currencies';
import { choice, described, named } from './schema.js';
import type { Schema } from './schema.js';

// ISO 4217 lists two decimals for the ouguiya and the ariary, whose fifths dinero counts as the minor unit.
const isoExponent = (currency: { readonly base: number; readonly exponent: number }): number =>
  currency.base === 10 ? currency.exponent : 2;

const exponents: ReadonlyMap<string, number> = new Map(
  Object.values(currencies).map((currency) => [currency.code, isoExponent(currency)]),
);

/** Every current ISO 4217 code with a minor unit, sorted. */
export const currencyCodes: readonly string[] = [...exponents.keys()].sort();

const CurrencyCode = named(
  'CurrencyCode',
  choice(currencyCodes, 'ISO 4217, every current code with a minor unit.', 'USD'),
);

export const currencyCode = (): Schema<string> => described(CurrencyCode, 'ISO 4217', 'USD');

/** Whether this is a current ISO 4217 code with a minor unit; codes are upper case. */
export const isCurrency = (code: string): boolean => exponents.has(code);

/**
 * Decimal places of a currency's minor unit: USD 2, JPY 0, KWD 3.
 * @throws RangeError for a code that {@link isCurrency} does not know
 */
export function exponentOf(code: string): number {
  const exponent = exponents.get(code);
  if (exponent === undefined) throw new RangeError(`${code} is no ISO 4217 currency`);
  return exponent;
}
