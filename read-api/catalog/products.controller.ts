import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Product, ProductPrices } from '../../domain/catalog/index.js';
import { Operation, OptionalPrincipal, Roles, type Principal } from '../../infra/http/index.js';
import { Answers, AsOfParams, parseAsOf, ReadLate, Reads, type Lateness } from '../shared/index.js';
import { GetPriceHistory } from './get-price-history.query.js';
import { GetPrices } from './get-prices.query.js';
import { GetProduct } from './get-product.query.js';
import { ListProducts } from './list-products.query.js';
import { PastPricePage, ProductPage, Suggestions } from './product-page.js';
import {
  PriceHistoryParams,
  PricePlaceParams,
  placeOf,
  ProductListParams,
  SuggestionParams,
} from './product.params.js';
import { SuggestProducts } from './suggest-products.query.js';

@ApiTags('products')
@Controller('v1/products')
export class ProductReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Reads({ from: ['search', 'stock'], mayBeKept: true })
  @Operation({
    id: 'products.list',
    summary: 'Find products',
    description:
      'Lists products by words and filters, which are joined by and, with facets to narrow the list. Pages by name, ' +
      'price and newest stay in order while products come and go; a search by relevance is pinned for five minutes.',
    codes: ['CURSOR.EXPIRED'],
    credential: 'none',
  })
  @Answers(ProductPage, 'A page of products.')
  list(@Query() request: ProductListParams): Promise<ProductPage> {
    return this.queries.execute(new ListProducts(request));
  }

  @Get('suggest')
  @Reads({ from: ['search'], mayBeKept: true })
  @Operation({
    id: 'products.suggest',
    summary: 'Complete what is being typed',
    description: 'Suggests words and products for the beginning of a search; typing errors are forgiven.',
    credential: 'none',
  })
  @Answers(Suggestions, 'Suggestions.')
  suggest(@Query() { q, limit }: SuggestionParams): Promise<Suggestions> {
    return this.queries.execute(new SuggestProducts(q, limit));
  }

  @Get(':sku')
  @Reads({ from: ['products', 'stock'], versioned: true, mayBeKept: true })
  @Operation({
    id: 'products.get',
    summary: 'Read a product',
    description:
      'Shows a product with its price and what is available of it. In a currency that it is not priced in, `price` is null.',
    codes: ['PRODUCT.UNKNOWN_SKU'],
    credential: 'none',
  })
  @Answers(Product, 'The product.', ['ETag'])
  product(@Param('sku') sku: string, @Query() request: PricePlaceParams, @ReadLate() late: Lateness): Promise<Product> {
    return this.queries.execute(new GetProduct(sku, placeOf(request), late));
  }

  @Get(':sku/prices')
  @Roles('admin', 'analyst', 'support')
  @Reads({ from: 'log' })
  @Operation({
    id: 'products.getPrices',
    summary: 'Read all prices of a product',
    description:
      'Shows all price rows, those that begin later and those that have ended too; with `asOf` those that were set then.',
    codes: ['PRODUCT.UNKNOWN_SKU', 'READ_MODEL.PARKED'],
  })
  @Answers(ProductPrices, 'All prices.')
  prices(@Param('sku') sku: string, @Query() { asOf }: AsOfParams): Promise<ProductPrices> {
    return this.queries.execute(new GetPrices(sku, asOf === undefined ? undefined : parseAsOf(asOf)));
  }

  @Get(':sku/price-history')
  @Reads({ from: 'log' })
  @Operation({
    id: 'products.priceHistory',
    summary: 'Read what a product has cost',
    description:
      'Lists the prices of one unit for buyers of no group in the default channel, the oldest first, each with the event that ' +
      'began it; support and administrators are told who did.',
    codes: ['PRODUCT.UNKNOWN_SKU', 'READ_MODEL.PARKED'],
    credential: 'optional',
  })
  @Answers(PastPricePage, 'A page of prices.')
  history(
    @OptionalPrincipal() principal: Principal | null,
    @Param('sku') sku: string,
    @Query() request: PriceHistoryParams,
  ): Promise<PastPricePage> {
    return this.queries.execute(new GetPriceHistory(sku, request, principal));
  }
}
