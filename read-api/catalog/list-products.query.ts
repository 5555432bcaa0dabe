import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { invalid, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { READ_STORE } from '../../infra/read-store/index.js';
import type { ReadStore } from '../../infra/read-store/index.js';
import type { ProductDocument } from '../../projections/catalog/index.js';
import { readKeyset, scanPage } from '../shared/index.js';
import { planProductList } from './product-list-plan.js';
import type { ProductFilter } from './product-list-plan.js';
import type { ProductSort } from './product.params.js';

/** A product as lists show it. */
export type ProductItem = Pick<ProductDocument, 'sku' | 'name' | 'brand' | 'categories' | 'price' | 'available'>;

export interface ProductListRequest extends ProductFilter {
  readonly sort: ProductSort;
  readonly limit: number;
  readonly cursor?: string;
}

/** A page of products, stable while others are added. */
export class ListProducts extends Query<Page<ProductItem>> {
  constructor(readonly request: ProductListRequest) {
    super();
  }
}

@QueryHandler(ListProducts)
export class ListProductsHandler implements IQueryHandler<ListProducts> {
  constructor(@Inject(READ_STORE) private readonly store: ReadStore) {}

  async execute({ request }: ListProducts): Promise<Page<ProductItem>> {
    const { sort, limit, cursor, priceMin, priceMax } = request;
    if (priceMin !== undefined && priceMax !== undefined && priceMin > priceMax) {
      throw invalid('priceMin', 'must not be above priceMax');
    }
    const { name, ...plan } = planProductList(request, sort);
    const after = readKeyset(cursor, name, 2);
    const page = await scanPage<ProductDocument>(this.store, { collection: 'products', ...plan, after, limit });
    return {
      items: page.documents.map(itemOf),
      nextCursor: page.next === null ? null : writeCursor(name, page.next),
    };
  }
}

function itemOf({ sku, name, brand, categories, price, available }: ProductDocument): ProductItem {
  return { sku, name, ...(brand === undefined ? {} : { brand }), categories, price, available };
}
