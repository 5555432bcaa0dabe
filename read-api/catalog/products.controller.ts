import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Answers, ReadLate, Reads, type Lateness } from '../shared/index.js';
import { GetProduct } from './get-product.query.js';
import { ListProducts, type ProductPage } from './list-products.query.js';
import { ProductListParams, SuggestionParams } from './product.params.js';
import { ProductPageResponse, ProductResponse, SuggestionsResponse } from './product.responses.js';
import { SuggestProducts, type Suggestions } from './suggest-products.query.js';

@ApiTags('products')
@Controller('v1/products')
export class ProductReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Reads({ from: ['search'], mayBeKept: true })
  @ApiOkResponse({ type: ProductPageResponse, description: 'A page; `nextCursor` is null on the last.' })
  list(@Query() request: ProductListParams): Promise<ProductPage> {
    return this.queries.execute(new ListProducts(request));
  }

  @Get('suggest')
  @Reads({ from: ['search'], mayBeKept: true })
  @ApiOkResponse({ type: SuggestionsResponse, description: 'What is being typed may become; the likeliest first.' })
  suggest(@Query() { q, limit }: SuggestionParams): Promise<Suggestions> {
    return this.queries.execute(new SuggestProducts(q, limit));
  }

  @Get(':sku')
  @Reads({ from: ['products'], versioned: true, mayBeKept: true })
  @Answers(ProductResponse, 'The product with its price and what is available of it.')
  product(@Param('sku') sku: string, @ReadLate() late: Lateness): Promise<ProductResponse> {
    return this.queries.execute(new GetProduct(sku, late));
  }
}
