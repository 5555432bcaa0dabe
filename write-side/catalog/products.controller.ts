import { Body, Controller, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { productAggregate } from '../../domain/catalog/index.js';
import { STANDARD_TAX_CLASS } from '../../domain/shared/index.js';
import { moneyOf, Operation, Roles } from '../../infra/http/index.js';
import { given } from '../shared/given.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { createdProduct, productAnswer } from './product-answers.js';
import { CreatedProductResponse, ProductDetailsResponse } from './product.responses.js';
import { ChangePriceBody, ChangeProductBody, CreateProductBody } from './product-bodies.js';

@ApiTags('products')
@Controller('v1/products')
@Roles('admin')
export class ProductsController {
  constructor(private readonly gate: WriteGate) {}

  @Post()
  @Operation({
    id: 'products.create',
    summary: 'Create a product',
    description: 'Adds a product to the catalogue. It has no stock before a receipt.',
    codes: ['PRODUCT.SKU_TAKEN'],
  })
  @WriteRoute({ answers: { 201: [CreatedProductResponse, 'The product was created.'] } })
  create(@Body() body: CreateProductBody, @Res() reply: FastifyReply): Promise<void> {
    const { sku, name, price, description, brand } = body;
    return this.gate.run(reply, (scope) =>
      scope.answer(201, {
        aggregate: productAggregate,
        id: sku,
        creates: true,
        command: {
          type: 'create-product',
          productId: scope.newId('product'),
          sku,
          name,
          ...given({ description, brand }),
          categories: body.categories ?? [],
          attributes: body.attributes ?? {},
          taxClass: body.taxClass ?? STANDARD_TAX_CLASS,
          price: moneyOf(price),
        },
        answer: createdProduct,
      }),
    );
  }

  @Patch(':sku')
  @HttpCode(200)
  @Operation({
    id: 'products.update',
    summary: 'Change a product',
    description: 'Changes the fields that are sent and leaves the others; null takes a description or a brand away.',
    codes: ['PRODUCT.UNKNOWN_SKU'],
  })
  @WriteRoute({ answers: { 200: [ProductDetailsResponse, 'The product with the change.'] } })
  change(@Param('sku') sku: string, @Body() body: ChangeProductBody, @Res() reply: FastifyReply): Promise<void> {
    const { name, description, brand, categories, attributes, taxClass, price } = body;
    return this.gate.run(reply, (scope) =>
      scope.answer(200, {
        aggregate: productAggregate,
        id: sku,
        missing: 'PRODUCT.UNKNOWN_SKU',
        command: {
          type: 'change-details',
          ...given({ name, categories, attributes, taxClass, price: price ? moneyOf(price) : null }),
          ...(description !== undefined && { description }),
          ...(brand !== undefined && { brand }),
        },
        answer: productAnswer,
      }),
    );
  }

  @Put(':sku/price')
  @HttpCode(200)
  @Operation({
    id: 'products.setPrice',
    summary: 'Set the price of a product',
    description:
      'Sets the price. Lines of carts keep theirs until the SKU is added again or the checkout accepts the new one.',
    codes: ['PRODUCT.UNKNOWN_SKU'],
  })
  @WriteRoute({ answers: { 200: [ProductDetailsResponse, 'The product with its price.'] } })
  reprice(@Param('sku') sku: string, @Body() body: ChangePriceBody, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.run(reply, (scope) =>
      scope.answer(200, {
        aggregate: productAggregate,
        id: sku,
        missing: 'PRODUCT.UNKNOWN_SKU',
        command: { type: 'change-price', price: moneyOf(body.price) },
        answer: productAnswer,
      }),
    );
  }
}
