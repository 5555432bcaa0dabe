import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Page } from '../../infra/http/index.js';
import { Answers, AnswersPage, Reads } from '../shared/index.js';
import { GetProduct } from './get-product.query.js';
import { ListProducts } from './list-products.query.js';
import { ProductListParams } from './product.params.js';
import { ProductItemResponse, ProductResponse } from './product.responses.js';

@ApiTags('products')
@Controller('v1/products')
export class ProductReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Reads({ from: ['products'] })
  @AnswersPage(ProductItemResponse)
  list(@Query() { q: _refused, ...request }: ProductListParams): Promise<Page<ProductItemResponse>> {
    return this.queries.execute(new ListProducts(request));
  }

  @Get(':sku')
  @Reads({ from: ['products'], versioned: true })
  @Answers(ProductResponse, 'The product with its price and what is available of it.')
  product(@Param('sku') sku: string): Promise<ProductResponse> {
    return this.queries.execute(new GetProduct(sku));
  }
}
