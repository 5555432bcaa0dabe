import { Body, Controller, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ChangeVariant } from '../../domain/catalog/index.js';
import { STANDARD_TAX_CLASS } from '../../domain/shared/index.js';
import { moneyOf, omitNullish, Operation, Roles } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { ChangeProduct, CreateProduct } from './product.commands.js';
import { CreatedProduct, ProductAnswer } from '../../domain/catalog/index.js';
import { ChangePriceBody, ChangeProductBody, CreateProductBody } from './product.bodies.js';

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
  @WriteRoute({ answers: { 201: [CreatedProduct, 'The product was created.'] } })
  create(@Body() body: CreateProductBody, @Res() reply: FastifyReply): Promise<void> {
    const { sku, name, price, description, brand } = body;
    const details = {
      name,
      ...omitNullish({ description, brand }),
      categories: body.categories ?? [],
      attributes: body.attributes ?? {},
    };
    const variant = { sku, prices: [moneyOf(price)] as const, taxClass: body.taxClass ?? STANDARD_TAX_CLASS };
    return this.gate.send(reply, (scope) => new CreateProduct(scope, { details, variant }));
  }

  @Patch(':sku')
  @HttpCode(200)
  @Operation({
    id: 'products.update',
    summary: 'Change a product',
    description: 'Changes the fields that are sent and leaves the others; null takes a description or a brand away.',
    codes: ['PRODUCT.UNKNOWN_SKU'],
  })
  @WriteRoute({ answers: { 200: [ProductAnswer, 'The product with the change.'] } })
  change(@Param('sku') sku: string, @Body() body: ChangeProductBody, @Res() reply: FastifyReply): Promise<void> {
    const { name, description, brand, categories, attributes, taxClass, price } = body;
    const details = {
      ...omitNullish({ name, categories, attributes }),
      ...(description !== undefined && { description }),
      ...(brand !== undefined && { brand }),
    };
    const sold = { ...omitNullish({ taxClass }), ...(price && { prices: [moneyOf(price)] as const }) };
    const data = {
      sku,
      ...(isSaid(details) && { details: { type: 'change-product' as const, ...details } }),
      ...(isSaid(sold) && { sold: { type: 'change-variant' as const, ...sold } }),
    };
    return this.gate.send(reply, (scope) => new ChangeProduct(scope, data));
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
  @WriteRoute({ answers: { 200: [ProductAnswer, 'The product with its price.'] } })
  reprice(@Param('sku') sku: string, @Body() body: ChangePriceBody, @Res() reply: FastifyReply): Promise<void> {
    const sold: ChangeVariant = { type: 'change-variant', prices: [moneyOf(body.price)] };
    return this.gate.send(reply, (scope) => new ChangeProduct(scope, { sku, sold }));
  }
}

const isSaid = (members: object): boolean => Object.keys(members).length > 0;
