import {
  Described,
  LimitParam,
  QueryChoice,
  QueryFilter,
  QueryFlag,
  QueryInteger,
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

/** Which products, in which order. */
export class ProductListParams extends ListParams {
  @Described('Words as they were typed.', 'salad')
  @QueryText({ max: LONGEST_WORDS })
  readonly q?: string;

  @Described('Products of this category.', 'Produce')
  @QueryFilter()
  readonly category?: string;

  @Described('Products of this brand.', 'National')
  @QueryFilter()
  readonly brand?: string;

  @Described('The least price: a number of minor units, compared whatever the currency of a product is.', 100)
  @QueryInteger({ min: 0, max: LARGEST_PRICE })
  readonly priceMin?: number;

  @Described('The highest price: a number of minor units, compared whatever the currency of a product is.', 500)
  @QueryInteger({ min: 0, max: LARGEST_PRICE })
  readonly priceMax?: number;

  @Described('True: available now; false: not available.', true)
  @QueryFlag()
  readonly inStock?: boolean;

  @Described(
    'Order of the list; by name where there are no words and no order. Prices by their numbers of minor units, in whatever currency.',
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
