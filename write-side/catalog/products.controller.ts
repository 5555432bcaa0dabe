import { Body, Controller, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ChangeVariant, PriceRow } from '../../domain/catalog/index.js';
import { STANDARD_TAX_CLASS } from '../../domain/shared/index.js';
import { moneyOf, omitNullish, Operation, Roles, utcOf } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { ChangeProduct, CreateProduct, SetPrices } from './product.commands.js';
import { CreatedProduct, ProductAnswer, ProductPrices } from '../../domain/catalog/index.js';
import {
  ChangePriceBody,
  ChangeProductBody,
  CreateProductBody,
  SetPricesBody,
  type PriceRowBody,
} from './product.bodies.js';

@ApiTags('products')
@Controller('v1/products')
@Roles('admin')
export class ProductsController {
  constructor(private readonly gate: WriteGate) {}

  @Post()
  @Operation({
    id: 'products.create',
    summary: 'Create a product',
    description: 'Adds a product to the catalogue. It has no stock before a receipt; gift cards never have.',
    codes: ['PRODUCT.SKU_TAKEN'],
  })
  @WriteRoute({ answers: { 201: [CreatedProduct, 'The product was created.'] } })
  create(@Body() body: CreateProductBody, @Res() reply: FastifyReply): Promise<void> {
    const { sku, name, price, description, brand, kind } = body;
    const details = {
      name,
      ...omitNullish({ description, brand }),
      categories: body.categories ?? [],
      attributes: body.attributes ?? {},
    };
    const variant = {
      sku,
      prices: [moneyOf(price)] as const,
      taxClass: body.taxClass ?? STANDARD_TAX_CLASS,
      ...(kind === 'gift-card' && { kind }),
    };
    return this.gate.send(reply, (scope) => new CreateProduct(scope, { details, variant }));
  }

  @Patch(':sku')
  @HttpCode(200)
  @Operation({
    id: 'products.update',
    summary: 'Change a product',
    description: 'Changes the fields that are sent and leaves the others; null takes a description or a brand away.',
    codes: ['PRODUCT.UNKNOWN_SKU', 'PRODUCT.KIND_FIXED'],
  })
  @WriteRoute({ answers: { 200: [ProductAnswer, 'The product with the change.'] } })
  change(@Param('sku') sku: string, @Body() body: ChangeProductBody, @Res() reply: FastifyReply): Promise<void> {
    const { name, description, brand, categories, attributes, taxClass, kind, price } = body;
    const details = {
      ...omitNullish({ name, categories, attributes }),
      ...(description !== undefined && { description }),
      ...(brand !== undefined && { brand }),
    };
    const sold = { ...omitNullish({ taxClass, kind }), ...(price && { price: moneyOf(price) }) };
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
      'Sets the price without conditions in its currency and leaves all others. Lines of carts keep theirs until the SKU ' +
      'is added again or the checkout accepts the new one.',
    codes: ['PRODUCT.UNKNOWN_SKU'],
  })
  @WriteRoute({ answers: { 200: [ProductAnswer, 'The product with its price.'] } })
  reprice(@Param('sku') sku: string, @Body() body: ChangePriceBody, @Res() reply: FastifyReply): Promise<void> {
    const sold: ChangeVariant = { type: 'change-variant', price: moneyOf(body.price) };
    return this.gate.send(reply, (scope) => new ChangeProduct(scope, { sku, sold }));
  }

  @Put(':sku/prices')
  @HttpCode(200)
  @Operation({
    id: 'products.setPrices',
    summary: 'Set all prices of a product',
    description:
      'Replaces all price rows. Of several that match counts the one of the list with the highest priority (none is 0), then ' +
      'the one with more conditions, then the lowest amount. What has a window begins and ends by events at its times.',
    codes: ['PRODUCT.UNKNOWN_SKU', 'PRODUCT.INVALID_PRICES'],
  })
  @WriteRoute({ answers: { 200: [ProductPrices, 'All prices.'] } })
  setPrices(@Param('sku') sku: string, @Body() body: SetPricesBody, @Res() reply: FastifyReply): Promise<void> {
    const prices = body.prices.map(priceRow);
    return this.gate.send(reply, (scope) => new SetPrices(scope, { sku, prices }));
  }
}

function priceRow(row: PriceRowBody): PriceRow {
  const { amount, currency, minQuantity, list, customerGroup, channel, from, to } = row;
  return {
    amount,
    currency,
    ...omitNullish({ minQuantity, list, customerGroup, channel }),
    ...(from && { from: utcOf(from) }),
    ...(to && { to: utcOf(to) }),
  };
}

const isSaid = (members: object): boolean => Object.keys(members).length > 0;
