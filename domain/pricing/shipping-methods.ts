import { refuse } from '../shared/index.js';
import type { Money, PricedLine, Refused } from '../shared/index.js';
import type { Destination, PricingPolicy, ShippingMethodPolicy, ShippingRate } from './policy.js';

/** A way of shipping on offer, with its price before tax. */
export interface ShippingOffer {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
}

/**
 * Lists the methods on offer for a subtotal and a destination, in the policy's order. A policy with amounts offers none for carts in
 * a currency that it does not name, as it says no price in it.
 */
export function shippingMethodsFor(
  subtotal: Money,
  destination: Destination,
  policy: PricingPolicy,
): readonly ShippingOffer[] {
  if (!takes(policy, subtotal.currency)) return [];
  const offers: ShippingOffer[] = [];
  for (const method of policy.shippingMethods) {
    const offer = offerOf(method, subtotal, destination);
    if (offer !== null) offers.push(offer);
  }
  return offers;
}

/** What shipping has to know of a line. */
export type ShippableLine = Pick<PricedLine, 'lineTotal' | 'kind'>;

export interface ShippingPlace {
  readonly currency: string;
  readonly destination: Destination;
  readonly policy: PricingPolicy;
}

/**
 * Lists the methods on offer for lines. Gift cards are not shipped: they count for no subtotal, and where there is nothing else every
 * method costs nothing.
 */
export function shippingOffersFor(
  lines: readonly ShippableLine[],
  { currency, destination, policy }: ShippingPlace,
): readonly ShippingOffer[] {
  let [amount, goods] = [0, 0];
  for (const { lineTotal, kind } of lines) {
    if (kind === 'gift-card') continue;
    goods += 1;
    amount += lineTotal.amount;
  }
  if (goods > 0 || lines.length === 0) return shippingMethodsFor({ amount, currency }, destination, policy);
  return policy.shippingMethods.map(({ id, name }) => ({ id, name, price: { amount: 0, currency } }));
}

/** The chosen method, and the lowest price of all methods on offer. */
export interface ShippingChosen {
  readonly accepted: true;
  readonly offer: ShippingOffer;
  readonly lowest: Money;
}
export type ShippingChoice = ShippingChosen | Refused;

function takes({ shippingMethods }: PricingPolicy, currency: string): boolean {
  const named = shippingMethods.flatMap(({ rates }) => rates.flatMap((row) => row.currency ?? []));
  return named.length === 0 || named.includes(currency);
}

/**
 * Chooses the wanted method, else the first on offer. Refused `SHIPPING.UNKNOWN_METHOD` when the wanted one is not on offer, and
 * `SHIPPING.NO_METHOD` when none is.
 */
export function chooseShipping(
  wanted: string | undefined,
  lines: readonly ShippableLine[],
  where: ShippingPlace,
): ShippingChoice {
  const offers = shippingOffersFor(lines, where);
  const offer = wanted === undefined ? offers[0] : offers.find(({ id }) => id === wanted);
  if (offer !== undefined) return { accepted: true, offer, lowest: lowestOf(offer.price, offers) };
  return offers.length === 0
    ? refuse('SHIPPING.NO_METHOD', `Nothing is shipped to ${where.destination.country} for carts in ${where.currency}.`)
    : refuse('SHIPPING.UNKNOWN_METHOD', `The shipping method ${wanted} is not on offer for this destination.`);
}

const lowestOf = (price: Money, offers: readonly ShippingOffer[]): Money =>
  offers.reduce((lowest, offer) => (offer.price.amount < lowest.amount ? offer.price : lowest), price);

function offerOf(method: ShippingMethodPolicy, subtotal: Money, destination: Destination): ShippingOffer | null {
  const rate = method.rates.find((row) => holds(row, subtotal, destination));
  if (rate === undefined) return null;
  return { id: method.id, name: method.name, price: { amount: rate.price, currency: subtotal.currency } };
}

const holds = (row: ShippingRate, subtotal: Money, { country }: Destination): boolean =>
  (row.countries === undefined || row.countries.includes(country)) &&
  (row.currency === undefined || row.currency === subtotal.currency) &&
  (row.subtotalFrom === undefined || subtotal.amount >= row.subtotalFrom);
