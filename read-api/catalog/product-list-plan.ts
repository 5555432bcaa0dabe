import type { JsonObject } from '../../domain/shared/index.js';
import type { DocumentQuery, StoredDocument } from '../../infra/read-store/index.js';
import type { ProductDocument } from '../../projections/catalog/index.js';
import { queryName } from '../shared/index.js';
import type { Keyset } from '../shared/index.js';
import type { ProductSort } from './product.params.js';

export interface ProductFilter {
  readonly category?: string | undefined;
  readonly brand?: string | undefined;
  /** Minor units, inclusive. */
  readonly priceMin?: number | undefined;
  readonly priceMax?: number | undefined;
  readonly inStock?: boolean | undefined;
}

/** How a list is read: along which index, and which filters are left for every document. */
export interface ProductListPlan {
  /** Cursors are good for this list alone. */
  readonly name: string;
  readonly query: Omit<DocumentQuery, 'after' | 'limit'>;
  readonly keyOf: (found: StoredDocument<ProductDocument>) => Keyset;
  readonly accepts: ((product: ProductDocument) => boolean) | undefined;
}

/** Ties are ordered by SKU, which is the id of the documents. */
export function planProductList(filter: ProductFilter, sort: ProductSort): ProductListPlan {
  const { category, brand, priceMin, priceMax, inStock } = filter;
  const filters: JsonObject = { category, brand, priceMin, priceMax, inStock, sort };
  const path = pathOf(filter, sort);
  const conditions = conditionsOf(filter, path.query.index);
  const accepts =
    conditions.length === 0 ? undefined : (product: ProductDocument) => conditions.every((one) => one(product));
  return { name: queryName('products', filters), ...path, accepts };
}

type Path = Pick<ProductListPlan, 'query' | 'keyOf'>;

function pathOf(filter: ProductFilter, sort: ProductSort): Path {
  if (sort === 'price' || sort === '-price') {
    const direction = sort === 'price' ? 'ascending' : 'descending';
    const range = priceRange(filter);
    return {
      query: { index: 'by-price', direction, ...(range === undefined ? {} : { range }) },
      keyOf: ({ doc, id }) => [doc.price.amount, id],
    };
  }
  if (sort === 'newest') {
    return { query: { index: 'by-newest', direction: 'descending' }, keyOf: ({ doc, id }) => [doc.createdAt, id] };
  }
  return { query: byName(filter), keyOf: ({ doc, id }) => [doc.nameKey, id] };
}

function byName({ category, brand }: ProductFilter): Path['query'] {
  if (category !== undefined) return { index: 'by-category', equals: [category] };
  if (brand !== undefined) return { index: 'by-brand', equals: [brand] };
  return { index: 'by-name' };
}

function priceRange({ priceMin, priceMax }: ProductFilter): DocumentQuery['range'] {
  if (priceMin === undefined && priceMax === undefined) return undefined;
  return {
    ...(priceMin === undefined ? {} : { gte: priceMin }),
    ...(priceMax === undefined ? {} : { lte: priceMax }),
  };
}

type Condition = (product: ProductDocument) => boolean;

/** The filters that the index does not see to. */
function conditionsOf({ category, brand, priceMin, priceMax, inStock }: ProductFilter, index: string): Condition[] {
  const conditions: Condition[] = [];
  if (category !== undefined && index !== 'by-category') conditions.push((one) => one.categories.includes(category));
  if (brand !== undefined && index !== 'by-brand') conditions.push((one) => one.brand === brand);
  if (index !== 'by-price') {
    if (priceMin !== undefined) conditions.push((one) => one.price.amount >= priceMin);
    if (priceMax !== undefined) conditions.push((one) => one.price.amount <= priceMax);
  }
  if (inStock !== undefined) conditions.push((one) => one.available > 0 === inStock);
  return conditions;
}
