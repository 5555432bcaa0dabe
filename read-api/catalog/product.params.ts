import type { PricePlace } from '../../domain/catalog/index.js';
import {
  Described,
  LimitParam,
  QueryChoice,
  QueryCountry,
  QueryCurrency,
  QueryFilter,
  QueryFlag,
  QueryInteger,
  QueryMoment,
  QueryText,
} from '../../infra/http/index.js';
import { ListParams } from '../shared/index.js';

export const PRODUCT_SORTS = ['relevance', 'price', '-price', 'name', 'newest'] as const;
export type ProductSort = (typeof PRODUCT_SORTS)[number];

/** Minor units of any currency. */
const LARGEST_PRICE = Number.MAX_SAFE_INTEGER;

/** Of which only the beginning is searched for; in any script an address has room for so many. */
const LONGEST_WORDS = 10_000;
const MOST_SUGGESTIONS = 10;

const CURRENCY = 'ISO 4217: prices in it; where it is left out, in the first that a product has a price in.';
const CHANNEL = 'Code of the channel that is sold in; `default` where it is left out.';
const COUNTRY = 'ISO 3166-1 alpha-2: of the buyer; price lists for countries count in theirs alone.';

/** Where somebody looks at prices. */
export class PricePlaceParams {
  @Described(CURRENCY, 'USD')
  @QueryCurrency()
  readonly currency?: string;

  @Described(CHANNEL, 'default')
  @QueryFilter()
  readonly channel?: string;

  @Described(COUNTRY, 'US')
  @QueryCountry()
  readonly country?: string;
}

export const placeOf = ({ currency, channel, country }: PricePlaceParams): PricePlace => ({
  ...(currency === undefined ? {} : { currency }),
  ...(channel === undefined ? {} : { channel }),
  ...(country === undefined ? {} : { country }),
});

/** What a product has cost. */
export class PriceHistoryParams extends ListParams {
  @Described(CURRENCY, 'USD')
  @QueryCurrency()
  readonly currency?: string;

  @Described('Prices that began at or after: an RFC 3339 time, or a UTC day from its beginning.', '2026-03-01')
  @QueryMoment()
  readonly from?: string;

  @Described('Prices that began before: an RFC 3339 time, or the beginning of a UTC day.', '2026-04-01')
  @QueryMoment()
  readonly to?: string;
}

/** Which products, in which order. */
export class ProductListParams extends ListParams {
  @Described(`${CURRENCY} With it products without a price in it are left out.`, 'USD')
  @QueryCurrency()
  readonly currency?: string;

  @Described(CHANNEL, 'default')
  @QueryFilter()
  readonly channel?: string;

  @Described(COUNTRY, 'US')
  @QueryCountry()
  readonly country?: string;

  @Described('Words as they were typed.', 'salad')
  @QueryText({ max: LONGEST_WORDS })
  readonly q?: string;

  @Described('Products of this category.', 'Produce')
  @QueryFilter()
  readonly category?: string;

  @Described('Products of this brand.', 'National')
  @QueryFilter()
  readonly brand?: string;

  @Described('The least price, minor units; without `currency` compared whatever the currency of a product is.', 100)
  @QueryInteger({ min: 0, max: LARGEST_PRICE })
  readonly priceMin?: number;

  @Described('The highest price, minor units; without `currency` compared whatever the currency of a product is.', 500)
  @QueryInteger({ min: 0, max: LARGEST_PRICE })
  readonly priceMax?: number;

  @Described('True: available now; false: not available.', true)
  @QueryFlag()
  readonly inStock?: boolean;

  @Described(
    'Order of the list; by name where there are no words and no order. Without `currency` prices by their numbers of minor units, in whatever currency; those without one before the cheapest.',
    'price',
  )
  @QueryChoice(PRODUCT_SORTS)
  readonly sort: ProductSort = 'relevance';
}

/** What is being typed. */
export class SuggestionParams {
  @Described('Words as they were typed.', 'salad')
  @QueryText({ max: LONGEST_WORDS })
  readonly q: string = '';

  @Described('How many are suggested.')
  @LimitParam()
  readonly limit: number = MOST_SUGGESTIONS;
}
