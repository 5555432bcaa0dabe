import { FACET_VALUES, PRICE_STEPS } from '../search-index.js';
import type { FacetValue, PriceRange, SearchFacets, SearchFilter } from '../search-index.js';
import { countedPrices, pricedIn, stepsOf } from './indexed-prices.js';
import { wellFormed } from './indexed-product.js';
import { allOf, term, type Aggregation, type Query } from './queries.js';

/** The filters of a search, with those of stock and of having a price there, which have no facet. */
type Dimensions = Partial<Record<keyof SearchFacets | 'stock' | 'priced', Query>>;

interface Buckets<Key> {
  readonly counted: { readonly buckets: readonly ({ readonly doc_count: number } & Key)[] };
}

interface PriceStep {
  readonly from?: number;
}
interface NestedPrices {
  readonly counted: { readonly there: { readonly steps: Buckets<PriceStep>['counted'] } };
}

/** Answer to `facetRequest`. */
export interface FacetAnswer {
  readonly category: Buckets<{ readonly key: string }>;
  readonly brand: Buckets<{ readonly key: string }>;
  readonly price: Buckets<PriceStep> | NestedPrices;
  /** The number of products before any filter. */
  readonly matched: { readonly doc_count: number };
}

const STEPS = PRICE_STEPS.map((from, step) => {
  const to = PRICE_STEPS[step + 1];
  return to === undefined ? { from } : { from, to };
});

export function dimensionsOf({
  category,
  brand,
  priceMin,
  priceMax,
  inStock,
  pricedIn: place,
}: SearchFilter): Dimensions {
  const price = { ...(priceMin !== undefined && { gte: priceMin }), ...(priceMax !== undefined && { lte: priceMax }) };
  return {
    ...(inStock !== undefined && { stock: term('inStock', String(inStock)) }),
    ...(category !== undefined && { category: term('categories', wellFormed(category)) }),
    ...(brand !== undefined && { brand: term('brand', wellFormed(brand)) }),
    ...(place !== undefined && { priced: pricedIn(place) }),
    ...((priceMin ?? priceMax) !== undefined && {
      price: place === undefined ? { range: { price } } : pricedIn(place, price),
    }),
  };
}

/** Counts the hits of all filters but that of the dimension itself. */
export function facetRequest(
  dimensions: Dimensions,
  { pricedIn: place }: SearchFilter,
): Record<keyof FacetAnswer, Aggregation> {
  const among = (own: keyof Dimensions, counted: Aggregation) => {
    const { [own]: _own, ...others } = dimensions;
    return { filter: allOf(Object.values(others)), aggs: { counted } };
  };
  return {
    category: among('category', mostFrequent('categories')),
    brand: among('brand', mostFrequent('brand')),
    price: among('price', place === undefined ? stepsOf(STEPS, false) : countedPrices(place, stepsOf(STEPS, true))),
    matched: { filter: { match_all: {} } },
  };
}

export function facetsIn({ category, brand, price }: FacetAnswer): SearchFacets {
  return {
    category: category.counted.buckets.map(valueOf),
    brand: brand.counted.buckets.map(valueOf),
    price: stepBuckets(price).flatMap(({ from = 0, doc_count }) => (doc_count === 0 ? [] : [rangeOf(from, doc_count)])),
  };
}

const stepBuckets = ({ counted }: FacetAnswer['price']): Buckets<PriceStep>['counted']['buckets'] =>
  'there' in counted ? counted.there.steps.buckets : counted.buckets;

const mostFrequent = (field: string): Aggregation => ({
  terms: { field, size: FACET_VALUES, order: [{ _count: 'desc' }, { _key: 'asc' }] },
});

const valueOf = ({ key, doc_count }: { readonly key: string; readonly doc_count: number }): FacetValue => ({
  value: key,
  count: doc_count,
});

function rangeOf(from: number, count: number): PriceRange {
  const next = PRICE_STEPS[PRICE_STEPS.indexOf(from) + 1];
  return next === undefined ? { from, count } : { from, to: next - 1, count };
}
