import type { Offer } from '../index.js';
import { line, price, taxing } from './pricing-examples.js';
import type { Line } from './pricing-examples.js';

const shippingFor = (...prices: readonly number[]) =>
  prices.map((each, index) => ({ id: `s${index}`, name: `s${index}`, rates: [{ currency: 'EUR', price: each }] }));
/** Untaxed; shipping costs 5.00, or 9.00 by `s1`. */
export const twoMethods = taxing([], { shippingMethods: shippingFor(500, 900) });

export const tea = (quantity: number, amount = 1000): Line =>
  line('TEA', amount, quantity, { lineId: '1', categories: ['Food', 'Tea'], brand: 'Hill' });
export const pot = (quantity: number, amount = 3000): Line =>
  line('POT', amount, quantity, { lineId: '2', categories: ['Home'] });

/** What is taken off each line, then off shipping. */
export function taken(
  lines: readonly Line[],
  offers: readonly Offer[],
  others: Parameters<typeof price>[2] = {},
): readonly number[] {
  const priced = price(twoMethods, lines, { offers, ...others });
  return [...priced.lines, priced.shipping].map(({ discount }) => discount.amount);
}

export const percentOff = (percent: string, of: 'order' | 'shipping' | object = {}) =>
  ({ type: 'percent-off', percent, of }) as const;
