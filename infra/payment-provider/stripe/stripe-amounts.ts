import { exponentOf, type Money } from '../../../domain/shared/index.js';

// Stripe's smallest units are those of ISO 4217 but for a few currencies: https://docs.stripe.com/currencies

const WITHOUT_DECIMALS: ReadonlySet<string> = new Set(
  'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '),
);
const THREE_DECIMALS: ReadonlySet<string> = new Set('BHD JOD KWD OMR TND'.split(' '));
/** Stripe requires that the last of three decimals is 0. */
const LEAST_OF_THREE = 10;

function decimalsAt(currency: string): number {
  if (WITHOUT_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

/** The number of Stripe's units in one of ours: 1, except for ISK and UGX (100) and MGA (1/100). */
const rateOf = (currency: string): number => 10 ** (decimalsAt(currency) - exponentOf(currency));

/** Converts an amount to Stripe's units; null where Stripe cannot express it. */
export function toStripe({ amount, currency }: Money): { readonly amount: number; readonly currency: string } | null {
  const units = amount * rateOf(currency);
  const isThere = Number.isSafeInteger(units) && (decimalsAt(currency) < 3 || units % LEAST_OF_THREE === 0);
  return isThere ? { amount: units, currency: currency.toLowerCase() } : null;
}

export function fromStripe(amount: number, currency: string): Money {
  const code = currency.toUpperCase();
  return { amount: Math.round(amount / rateOf(code)), currency: code };
}
