import { LimitParam, QueryChoice, QueryFilter, QueryFlag, QueryInteger, QueryText } from '../../infra/http/index.js';
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
  /** Words as typed; blank: every product. */
  @QueryText({ max: LONGEST_WORDS })
  readonly q?: string;

  @QueryFilter()
  readonly category?: string;

  @QueryFilter()
  readonly brand?: string;

  @QueryInteger({ min: 0, max: LARGEST_PRICE })
  readonly priceMin?: number;

  @QueryInteger({ min: 0, max: LARGEST_PRICE })
  readonly priceMax?: number;

  /** True: available now; false: not available. */
  @QueryFlag()
  readonly inStock?: boolean;

  /** By name where there are no words. */
  @QueryChoice(PRODUCT_SORTS)
  readonly sort: ProductSort = 'relevance';
}

/** What is being typed. */
export class SuggestionParams {
  @QueryText({ max: LONGEST_WORDS })
  readonly q: string = '';

  @LimitParam()
  readonly limit: number = MOST_SUGGESTIONS;
}
