import { refuse } from '../shared/index.js';
import type { Money, Refused } from '../shared/index.js';
import type { Destination, PricingPolicy, ShippingMethodPolicy, ShippingRate } from './policy.js';

/** A way of shipping on offer, with its price before tax. */
export interface ShippingOffer {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
}

/** The methods on offer for a subtotal and a destination, in the policy's order. */
export const shippingMethodsFor = (
  subtotal: Money,
  destination: Destination,
  policy: PricingPolicy,
): readonly ShippingOffer[] => {
  const offers: ShippingOffer[] = [];
  for (const method of policy.shippingMethods) {
    const offer = offerOf(method, subtotal, destination);
    if (offer !== null) offers.push(offer);
  }
  return offers;
};

export type ShippingChoice = { readonly accepted: true; readonly offer: ShippingOffer } | Refused;

/** The method asked for, else the first on offer; refused `SHIPPING.UNKNOWN_METHOD` when it is not on offer. */
export const chooseShipping = (
  wanted: string | undefined,
  subtotal: Money,
  where: { readonly destination: Destination; readonly policy: PricingPolicy },
): ShippingChoice => {
  for (const method of where.policy.shippingMethods) {
    if (wanted !== undefined && method.id !== wanted) continue;
    const offer = offerOf(method, subtotal, where.destination);
    if (offer !== null) return { accepted: true, offer };
  }
  const what = wanted === undefined ? 'No shipping method is' : `The shipping method ${wanted} is not`;
  return refuse('SHIPPING.UNKNOWN_METHOD', `${what} on offer for this destination.`);
};

const offerOf = (method: ShippingMethodPolicy, subtotal: Money, destination: Destination): ShippingOffer | null => {
  const rate = method.rates.find((row) => holds(row, subtotal, destination));
  if (rate === undefined) return null;
  return { id: method.id, name: method.name, price: { amount: rate.price, currency: subtotal.currency } };
};

const holds = (row: ShippingRate, subtotal: Money, { country }: Destination): boolean =>
  (row.countries === undefined || row.countries.includes(country)) &&
  (row.currency === undefined || row.currency === subtotal.currency) &&
  (row.subtotalFrom === undefined || subtotal.amount >= row.subtotalFrom);
