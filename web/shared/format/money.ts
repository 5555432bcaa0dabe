import * as currencies from 'dinero.js/currencies';

/** An amount in the minor units of its currency, as the API has it. */
interface MinorUnits {
  readonly amount: number;
  readonly currency: string;
}

// As the engine counts: ISO 4217 lists two decimals for the two currencies whose minor unit is a fifth. `Intl` follows the
// CLDR, which has fewer for currencies whose coins are out of use.
const exponents: ReadonlyMap<string, number> = new Map(
  Object.values(currencies).map(({ code, base, exponent }) => [code, base === 10 ? exponent : 2]),
);

/** Digits after the decimal point of amounts in a currency; 2 where it is unknown. */
const digitsOf = (currency: string): number => exponents.get(currency) ?? 2;

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string): Intl.NumberFormat {
  const digits = digitsOf(currency);
  const known = formats.get(currency);
  const format =
    known ??
    new Intl.NumberFormat(undefined, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  formats.set(currency, format);
  return format;
}

/** `$1,234.50`, as the reader's locale writes it. Exact: made of the minor units and not of a fraction. */
export const moneyText = ({ amount, currency }: MinorUnits): string =>
  formatOf(currency).format(`${amount}E-${digitsOf(currency)}` as `${number}`);

/** The same for a field that is typed into: `1234.50`, without currency and separators. */
export function majorUnits({ amount, currency }: MinorUnits): string {
  const digits = digitsOf(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return amount < 0 ? `-${whole}` : whole;
}

/** What somebody typed, such as `12.5`, in minor units; null where it is no amount from `least` on that the currency can have. */
export function minorUnits(typed: string, currency: string, least = 1): number | null {
  const digits = digitsOf(currency);
  const match = /^(\d+)(?:[.,](\d+))?$/.exec(typed.trim());
  const [, whole = '', fraction = ''] = match ?? [];
  if (match === null || fraction.length > digits) return null;
  const amount = Number(whole + fraction.padEnd(digits, '0'));
  return amount >= least && Number.isSafeInteger(amount) ? amount : null;
}
