import { QueryChoice, QueryFlag, QueryInteger, QueryText } from '../../infra/http/index.js';
import { ListParams, NotOffered } from '../shared/index.js';

export const PRODUCT_SORTS = ['relevance', 'price', '-price', 'name', 'newest'] as const;
export type ProductSort = (typeof PRODUCT_SORTS)[number];

/** Minor units of any currency. */
const LARGEST_PRICE = 999_999_999_999_999;

/** Which products, in which order. */
export class ProductListParams extends ListParams {
  @NotOffered('is not available: there is no search index')
  readonly q?: unknown;

  @QueryText()
  readonly category?: string;

  @QueryText()
  readonly brand?: string;

  @QueryInteger({ min: 0, max: LARGEST_PRICE })
  readonly priceMin?: number;

  @QueryInteger({ min: 0, max: LARGEST_PRICE })
  readonly priceMax?: number;

  /** True: available now; false: not available. */
  @QueryFlag()
  readonly inStock?: boolean;

  /** By name where it is not said: without words there is no relevance. */
  @QueryChoice(PRODUCT_SORTS)
  readonly sort: ProductSort = 'relevance';
}
