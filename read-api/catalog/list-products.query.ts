import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { tidied } from '../../domain/catalog/index.js';
import { DEFAULT_CHANNEL } from '../../domain/channel/index.js';
import type { Json } from '../../domain/shared/index.js';
import { EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { brokenCursor, invalid, problem, readCursor, writeCursor } from '../../infra/http/index.js';
import { SEARCH_INDEX, SearchCursorError, SearchCursorExpiredError } from '../../infra/search-index/index.js';
import type {
  SearchCursor,
  SearchDocument,
  SearchFilter,
  SearchIndex,
  SearchPage,
  SearchQuery,
} from '../../infra/search-index/index.js';
import { inLog, ParkedDocuments, queryName } from '../shared/index.js';
import { AvailableUnits } from './available-units.js';
import type { SearchedProduct } from '../../projections/search/index.js';
import { ProductPricings } from './product-prices.js';
import { productItem } from './product-item.js';
import type { ProductPage } from './product-page.js';
import { placeOf, type ProductListParams } from './product.params.js';

/** A page of products that match words and filters. */
export class ListProducts extends Query<ProductPage> {
  constructor(readonly request: ProductListParams) {
    super();
  }
}

@QueryHandler(ListProducts)
export class ListProductsHandler implements IQueryHandler<ListProducts> {
  @Inject(EVENT_STORE) private readonly log!: Pick<EventStore, 'logId'>;
  @Inject(ProductPricings) private readonly pricings!: ProductPricings;

  constructor(
    @Inject(SEARCH_INDEX) private readonly index: SearchIndex,
    private readonly parked: ParkedDocuments,
    private readonly available: AvailableUnits,
  ) {}

  /** @throws ProblemError 400 naming the field, CURSOR.EXPIRED, READ_MODEL.PARKED for a page with a parked product */
  async execute({ request }: ListProducts): Promise<ProductPage> {
    const { q = '', sort, limit, cursor, priceMin, priceMax } = request;
    if (priceMin !== undefined && priceMax !== undefined && priceMin > priceMax) {
      throw invalid('priceMin', 'must not be above priceMax');
    }
    const filter = filterOf(request);
    const words = q.trim();
    const name = inLog(queryName('products', { ...filter, words, sort }), this.log);
    const after = cursorOf(readCursor(cursor, name));
    const page = await this.search({ words, filter, sort, limit, ...(after === undefined ? {} : { after }) });
    const skus = page.hits.map(({ document }) => document.sku);
    await this.parked.refuseAny('search', skus);
    const available = await this.available.of(skus);
    const place = placeOf(request);
    const prices = await Promise.all(page.hits.map(({ document }) => this.pricings.of(sold(document), place)));
    return {
      items: page.hits.map((hit, index) =>
        productItem(hit, prices[index] ?? { price: null }, available(sold(hit.document))),
      ),
      nextCursor: page.next === null ? null : writeCursor(name, page.next),
      facets: page.facets,
      total: page.total,
    };
  }

  private async search(query: SearchQuery): Promise<SearchPage> {
    try {
      return await this.index.search(query);
    } catch (error) {
      if (error instanceof SearchCursorError) throw brokenCursor();
      if (error instanceof SearchCursorExpiredError) {
        throw problem('CURSOR.EXPIRED', 'What this search found is no longer kept; search again.');
      }
      throw error;
    }
  }
}

/** Documents of the index are those that its projection folded. */
const sold = (document: SearchDocument): SearchedProduct => document as SearchDocument & SearchedProduct;

function filterOf({ category, brand, priceMin, priceMax, inStock, ...place }: ProductListParams): SearchFilter {
  const { currency, channel = DEFAULT_CHANNEL, country } = place;
  return {
    ...(currency === undefined
      ? {}
      : { pricedIn: { currency, channel, ...(country === undefined ? {} : { country }) } }),
    ...(category === undefined ? {} : { category: tidied(category) }),
    ...(brand === undefined ? {} : { brand: tidied(brand) }),
    ...(priceMin === undefined ? {} : { priceMin }),
    ...(priceMax === undefined ? {} : { priceMax }),
    ...(inStock === undefined ? {} : { inStock }),
  };
}

function cursorOf(key: Json | undefined): SearchCursor | undefined {
  if (key === undefined) return undefined;
  if (!Array.isArray(key) || !key.every(isCursorValue)) throw brokenCursor();
  return key;
}

const isCursorValue = (value: unknown): value is string | number =>
  typeof value === 'string' || Number.isSafeInteger(value);
