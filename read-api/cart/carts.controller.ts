import { Cart } from '../../domain/cart/index.js';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Operation, toldByMore } from '../../infra/http/index.js';
import { Answers, AsOfParams, parseAsOf, Reads } from '../shared/index.js';
import { QuoteParams } from './cart.params.js';
import { Quote } from './quote.js';
import { GetCart } from './get-cart.query.js';
import { QuoteCart } from './quote-cart.query.js';

/** Carts are capabilities: who knows the id may read. */
@ApiTags('carts')
@Controller('v1/carts')
export class CartReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id')
  @Reads({ from: 'log', versioned: true, toldByRevision: true })
  @Operation({
    id: 'carts.get',
    summary: 'Read a cart',
    description:
      'Shows the cart to whoever knows its id, at what the promotions in force make of it; with `asOf` as it was then, with the ' +
      'promotions of then, 404 before it was opened.',
    codes: ['CART.NOT_FOUND', 'READ_MODEL.PARKED'],
    credential: 'none',
  })
  @Answers(Cart, 'The cart.', ['ETag'])
  async cart(
    @Param('id') id: string,
    @Query() { asOf }: AsOfParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Cart> {
    const read = await this.queries.execute(new GetCart(id, asOf === undefined ? undefined : parseAsOf(asOf)));
    if (!read.isToldByRevision) toldByMore(reply);
    return read.cart;
  }

  @Get(':id/quote')
  @Reads({ from: 'log' })
  @Operation({
    id: 'carts.quote',
    summary: 'Ask what a cart would cost',
    description:
      'Answers the totals of the cart for a destination, and the shipping methods on offer there. Nothing is reserved. ' +
      'The total is what `expectedTotal` of a checkout is compared with.',
    codes: [
      'ADDRESS.UNKNOWN_REGION',
      'CART.NOT_FOUND',
      'CART.NOT_OPEN',
      'READ_MODEL.PARKED',
      'SHIPPING.NO_METHOD',
      'SHIPPING.UNKNOWN_METHOD',
    ],
    credential: 'none',
  })
  @Answers(Quote, 'Totals and shipping methods.')
  quote(@Param('id') id: string, @Query() params: QuoteParams): Promise<Quote> {
    const { country, region, postalCode, shippingMethod } = params;
    const destination = {
      country,
      ...(region === undefined ? {} : { region }),
      ...(postalCode === undefined ? {} : { postalCode }),
    };
    return this.queries.execute(new QuoteCart(id, destination, shippingMethod));
  }
}
