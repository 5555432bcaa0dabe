import { hash } from 'node:crypto';
import { refuse, STANDARD_TAX_CLASS } from '../shared/index.js';
import type {
  AppliedTax,
  Discount,
  LineItem,
  Money,
  PricedLine,
  PricedShipping,
  Refused,
  TaxDestination,
  TaxedPrice,
  Totals,
} from '../shared/index.js';
import { discountsFor } from './discounts.js';
import type { Buyer, DiscountableLine, Discounts } from './discounts.js';
import type { Destination, PricingBasis, PricingPolicy, TaxRate, TaxZone } from './policy.js';
import type { Offer } from './promotion.js';
import { chooseShipping } from './shipping-methods.js';
import type { ShippingChosen, ShippingOffer } from './shipping-methods.js';
import { ratesOf, taxesByRate, taxOf, taxPlaceOf, zoneName } from './tax.js';

/** The members of a line that pricing needs; all lines are in the terms' currency. */
export type PriceableLine = DiscountableLine & Pick<PricedLine, 'unitPrice' | 'taxClass'>;

/** The members that pricing adds to a line. */
export type LinePricing = TaxedPrice & Pick<PricedLine, 'priceIncludesTax'>;

export interface PricingTerms {
  readonly policy: PricingPolicy;
  readonly currency: string;
  /** The chosen method; the first on offer where it is absent. */
  readonly shippingMethod?: string;
  /** Promotions in force that the buyer may have, and for whom. */
  readonly promotions?: { readonly offers: readonly Offer[]; readonly buyer: Omit<Buyer, 'country'> };
}

/** Makes what carts and orders show of a line that was sold. */
export const lineItem = ({ priceIncludesTax: _price, categories: _categories, ...item }: PricedLine): LineItem => item;

/** The prices of lines at a destination. */
export interface Priced<Line extends PriceableLine> {
  readonly accepted: true;
  readonly lines: readonly (Line & LinePricing)[];
  readonly shipping: PricedShipping;
  readonly totals: Totals;
  /** Taxes of lines and shipping, by rate. */
  readonly taxes: readonly AppliedTax[];
  /** What promotions took off, by level, and why others did not. */
  readonly promotions: Omit<Discounts, 'lines' | 'shipping'>;
  readonly basis: PricingBasis;
  readonly destination: TaxDestination;
}

/** Refused `SHIPPING.NO_METHOD`, `SHIPPING.UNKNOWN_METHOD`, `ADDRESS.UNKNOWN_REGION` or `CART.TOTAL_TOO_LARGE`. */
type CartPricing<Line extends PriceableLine> = Priced<Line> | Refused;

/** Computes what the lines cost at a destination. Without lines everything is zero, yet an unknown method is still refused. */
export function priceCart<Line extends PriceableLine>(
  lines: readonly Line[],
  destination: Destination,
  terms: PricingTerms,
): CartPricing<Line> {
  if (lines.length === 0) return priceOfNothing(destination, terms);
  const choice = chooseShipping(terms.shippingMethod, lines, { ...terms, destination });
  if (!choice.accepted) return choice;
  const place = taxPlaceOf(destination, terms.policy);
  if (!place.accepted) return place;
  const taxing = { ratesOf: ratesByClass(place.zone), terms };
  const discounts = discountsOf(lines, choice.offer, { terms, country: destination.country });
  const priced = {
    lines: lines.map((line, index) => pricedLine(line, discounts.lines[index] ?? NONE, taxing)),
    shipping: shippingAt(choice, discounts.shipping, taxing),
  };
  const taxes = taxesByRate([...priced.lines, priced.shipping].map((each) => each.taxes));
  const totals = totalsOf({ ...priced, taxes }, terms.currency);
  if (![totals.subtotal, totals.total].every(({ amount }) => Number.isSafeInteger(amount))) return totalTooLarge();
  const basis = basisOf(terms.policy, place.zone);
  const { promotions, outcomes, hints, failures } = discounts;
  return {
    accepted: true,
    ...priced,
    totals,
    taxes,
    promotions: { promotions, outcomes, hints, failures },
    basis,
    destination: place.destination,
  };
}

const NO_OFFERS: NonNullable<PricingTerms['promotions']> = {
  offers: [],
  buyer: { channel: 'default', customerGroups: [], isFirstOrder: false },
};

const NO_PROMOTIONS = { promotions: [], outcomes: [], hints: [], failures: [] };
const NO_DISCOUNTS: Discounts = { lines: [], shipping: [], ...NO_PROMOTIONS };

function discountsOf(
  lines: readonly PriceableLine[],
  { id: method, price }: ShippingOffer,
  { terms, country }: { readonly terms: PricingTerms; readonly country: string },
): Discounts {
  const { offers, buyer } = terms.promotions ?? NO_OFFERS;
  if (offers.length === 0) return NO_DISCOUNTS;
  const basket = { lines, shipping: { method, price }, currency: terms.currency, rounding: terms.policy.rounding };
  return discountsFor(basket, offers, { ...buyer, country });
}

/**
 * Computes a cart's totals before a destination is known: the lines, without shipping and without tax. They follow
 * from the cart's events alone, so that a policy changed later changes no cart that is shown. What an order would cost is
 * the quote's answer.
 */
export function cartTotals(subtotal: Money): Totals {
  const none: Money = { amount: 0, currency: subtotal.currency };
  return {
    subtotal,
    discount: none,
    shipping: none,
    tax: none,
    taxIncluded: none,
    net: subtotal,
    total: subtotal,
  };
}

const NONE: readonly [] = [];

/** Makes a taxed price without tax, for a line whose destination is not known yet. */
export const untaxedPrice = (price: Money): TaxedPrice => ({
  discounts: NONE,
  discount: { amount: 0, currency: price.currency },
  taxes: NONE,
  net: price,
  gross: price,
});

export const totalTooLarge = () =>
  refuse('CART.TOTAL_TOO_LARGE', 'The cart would cost more than can be counted exactly.');

interface At {
  readonly ratesOf: (taxClass: string) => readonly TaxRate[];
  readonly terms: PricingTerms;
}

/** Finds the rates of a class once for all lines. */
function ratesByClass(zone: TaxZone | null): At['ratesOf'] {
  const known = new Map<string, readonly TaxRate[]>();
  return (taxClass) => {
    const rates = known.get(taxClass) ?? ratesOf(zone, taxClass);
    known.set(taxClass, rates);
    return rates;
  };
}

function pricedLine<Line extends PriceableLine>(
  line: Line,
  discounts: readonly Discount[],
  at: At,
): Line & LinePricing {
  const { unitPrice, quantity, taxClass, kind } = line;
  // A gift card is money: what is bought with it is taxed.
  const rates = kind === 'gift-card' ? NONE : at.ratesOf(taxClass);
  const priceIncludesTax = rates.some(({ included }) => included);
  const { discount, taxes, net, gross } = taxed({ unitPrice, quantity, discounts, rates }, at);
  // Not spread: V8 takes 1 µs for every member that stands after what is spread, here five times as long as all of the tax.
  return Object.assign({}, line, { priceIncludesTax, discounts, discount, taxes, net, gross });
}

/** Shipping is one unit of the standard class. What the cheapest method would have cost is after the same discounts. */
function shippingAt({ offer, lowest }: ShippingChosen, discounts: readonly Discount[], at: At): PricedShipping {
  const { id, name, price } = offer;
  const rates = at.terms.policy.taxShipping ? at.ratesOf(STANDARD_TAX_CLASS) : [];
  const costOf = (unitPrice: Money, off: readonly Discount[]): TaxedPrice =>
    taxed({ unitPrice, quantity: 1, discounts: off, rates }, at);
  const cost = costOf(price, discounts);
  const least = { ...lowest, amount: Math.max(0, lowest.amount - cost.discount.amount) };
  return { method: id, name, price, ...cost, cheapest: costOf(least, NONE).gross };
}

interface Price {
  readonly unitPrice: Money;
  readonly quantity: number;
  readonly discounts: readonly Discount[];
  readonly rates: readonly TaxRate[];
}

function taxed({ unitPrice, quantity, discounts, rates }: Price, { terms }: At): TaxedPrice {
  const { currency, policy } = terms;
  const discount = { amount: sumOf(discounts, ({ amount }) => amount), currency };
  const taxable = { unitPrice: unitPrice.amount, quantity, discount: discount.amount };
  const { rounding, level } = policy;
  const { taxes, net, gross } = taxOf(taxable, { rates, rounding, level, currency });
  return { discounts, discount, taxes, net, gross };
}

/** Sums amounts. A sum beyond the safe integers stays beyond them, and so does the total. */
function sumOf<Item>(items: readonly Item[], amountOf: (item: Item) => Money): number {
  let amount = 0;
  for (const item of items) amount += amountOf(item).amount;
  return amount;
}

interface Summed {
  readonly lines: readonly (PriceableLine & TaxedPrice)[];
  readonly shipping: PricedShipping;
  /** Of both, by rate. */
  readonly taxes: readonly AppliedTax[];
}

function totalsOf({ lines, shipping, taxes }: Summed, currency: string): Totals {
  const all = [...lines, shipping];
  const money = (amount: number): Money => ({ amount, currency });
  const taxAmount = (included: boolean): number =>
    sumOf(
      taxes.filter((tax) => tax.included === included),
      ({ amount }) => amount,
    );
  return {
    subtotal: money(sumOf(lines, ({ lineTotal }) => lineTotal)),
    discount: money(sumOf(all, ({ discount }) => discount)),
    shipping: shipping.price,
    tax: money(taxAmount(false)),
    taxIncluded: money(taxAmount(true)),
    net: money(sumOf(all, ({ net }) => net)),
    total: money(sumOf(all, ({ gross }) => gross)),
  };
}

function priceOfNothing<Line extends PriceableLine>(
  { country }: Destination,
  { policy, currency, shippingMethod }: PricingTerms,
): CartPricing<Line> {
  const method = policy.shippingMethods.find(({ id }) => shippingMethod === undefined || id === shippingMethod);
  if (method === undefined) {
    return refuse('SHIPPING.UNKNOWN_METHOD', `There is no shipping method ${shippingMethod}.`);
  }
  const none = { amount: 0, currency };
  const { id, name } = method;
  return {
    accepted: true,
    lines: [],
    shipping: { method: id, name, price: none, ...untaxedPrice(none), cheapest: none },
    totals: cartTotals(none),
    taxes: [],
    promotions: NO_PROMOTIONS,
    basis: basisOf(policy, null),
    destination: { country },
  };
}

const basisOf = (policy: PricingPolicy, zone: TaxZone | null): PricingBasis => ({
  policy: policy.name,
  hash: policyHash(policy),
  rounding: policy.rounding,
  level: policy.level,
  zone: zone === null ? null : zoneName(zone),
});

/** Hashes by policy, as policies are never changed in place. */
const hashes = new WeakMap<PricingPolicy, string>();

/** Hashes the content of a policy, whatever the order of its members: sixteen hexadecimal digits. */
export function policyHash(policy: PricingPolicy): string {
  const known = hashes.get(policy);
  if (known !== undefined) return known;
  const digest = hash('sha256', JSON.stringify(policy, membersSorted), 'hex').slice(0, 16);
  hashes.set(policy, digest);
  return digest;
}

const membersSorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
