import type { estypes } from '@elastic/elasticsearch';
import type { JsonObject } from '../../../domain/shared/json.js';
import type { IndexedPrice, SearchFilter } from '../search-index.js';
import { allOf, anyOf, term, type Aggregation, type Query } from './queries.js';

type PricedIn = NonNullable<SearchFilter['pricedIn']>;
type Order = estypes.SortCombinations;

/** Stands for a channel or country that no other price of the product in the currency names. */
const OTHER = '*';
const PATH = 'prices';
const AMOUNT = `${PATH}.amount`;
/** A product without a price comes before the cheapest. */
const UNPRICED = -1;

/** Each price with the channels and countries that others name, so that one of them at most is found for a place. */
export function nestedPrices(prices: readonly IndexedPrice[]): readonly JsonObject[] {
  return prices.map(({ currency, channel, country, amount }) => {
    const alike = prices.filter((price) => price.currency === currency);
    const otherChannels = [...new Set(alike.flatMap((price) => price.channel ?? []))];
    const otherCountries = [...new Set(alike.flatMap((price) => price.country ?? []))];
    return {
      currency,
      channel: channel ?? OTHER,
      ...(channel === null ? { otherChannels } : {}),
      country: country ?? OTHER,
      ...(country === null ? { otherCountries } : {}),
      amount,
    };
  });
}

function namedOrOther(name: string, others: string, value: string | undefined): Query {
  const other = term(`${PATH}.${name}`, OTHER);
  if (value === undefined) return other;
  const isOther = { bool: { filter: [other], must_not: [term(`${PATH}.${others}`, value)] } };
  return anyOf([term(`${PATH}.${name}`, value), isOther]);
}

const priceIn = ({ currency, channel, country }: PricedIn): Query =>
  allOf([
    term(`${PATH}.currency`, currency),
    namedOrOther('channel', 'otherChannels', channel),
    namedOrOther('country', 'otherCountries', country),
  ]);

const nested = (query: Query): Query => ({ nested: { path: PATH, query } });

/** Products that have a price there, within bounds where these are given. */
export const pricedIn = (place: PricedIn, range?: { readonly gte?: number; readonly lte?: number }): Query =>
  nested(allOf([priceIn(place), ...(range === undefined ? [] : [{ range: { [AMOUNT]: range } }])]));

/** Sorts by the price there, or by the one that is of no place. */
export function priceOrder(place: PricedIn | undefined, order: 'asc' | 'desc'): Order {
  if (place === undefined) return { price: { order, missing: UNPRICED } };
  return { [AMOUNT]: { order, missing: UNPRICED, nested: { path: PATH, filter: priceIn(place) } } };
}

/** Counts by ranges of the price there, under the name `steps`. */
export const countedPrices = (place: PricedIn, steps: Aggregation): Aggregation => ({
  nested: { path: PATH },
  aggs: { there: { filter: priceIn(place), aggs: { steps } } },
});

export const stepsOf = (
  ranges: readonly { readonly from?: number; readonly to?: number }[],
  isNested: boolean,
): Aggregation => ({
  range: { field: isNested ? AMOUNT : 'price', ranges: [...ranges] },
});
