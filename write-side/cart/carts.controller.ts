import { Cart } from '../../domain/cart/index.js';
import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { customerOf, omitNullish, Operation, OptionalPrincipal, PathParams } from '../../infra/http/index.js';
import type { Principal } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { AddCartItem, ChangeCartItem, OpenCart, RemoveCartItem } from './cart.commands.js';
import { AddItemBody, ChangeItemBody, OpenCartBody } from './cart.bodies.js';

interface ItemPath {
  readonly id: string;
  readonly sku: string;
}

/** The codes of refusals that every change of a cart's items can have. */
const CHANGES = [
  'CART.NOT_FOUND',
  'CART.NOT_OPEN',
  'CART.TOO_LARGE',
  'CART.TOTAL_TOO_LARGE',
  'SERVER.OVERLOADED',
] as const;
const GOES_ON = { load: 'goes-on' } as const;
const AFTERWARDS = 'The cart with the change.';

/** Carts are capabilities: whoever knows the id may change it. */
@ApiTags('carts')
@Controller('v1/carts')
export class CartsController {
  constructor(private readonly gate: WriteGate) {}

  @Post()
  @Operation({
    id: 'carts.open',
    summary: 'Open a cart',
    description:
      'Opens an empty cart for guests and customers alike. Its id is a secret: whoever knows it may use the cart. A ' +
      "customer's token makes the cart theirs. Under overload new carts are refused first.",
    codes: ['CHANNEL.NOT_FOUND', 'CHANNEL.NOT_SOLD', 'SERVER.OVERLOADED'],
    credential: 'optional',
  })
  @WriteRoute({ answers: { 201: [Cart, 'The empty cart.'] }, headers: ['Location'] })
  open(
    @Body() body: OpenCartBody,
    @OptionalPrincipal() who: Principal | null,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { currency, reference, channel, country } = body;
    const given = { reference, customerId: customerOf(who), channel, country, customerGroups: who?.groups };
    const data = { currency, ...omitNullish(given) };
    return this.gate.send(reply, (scope) => new OpenCart(scope, data), { load: 'begins' });
  }

  @Post(':id/items')
  @HttpCode(200)
  @Operation({
    id: 'carts.addItem',
    summary: 'Add units of a product',
    description:
      'Adds units for whoever knows the id of the cart. The same SKU adds up in one line, which then has the price of today.',
    codes: ['PRODUCT.UNKNOWN_SKU', 'PRODUCT.NOT_PRICED', 'CART.QUANTITY_TOO_LARGE', ...CHANGES],
    credential: 'optional',
  })
  @WriteRoute({ answers: { 200: [Cart, AFTERWARDS] } })
  add(@Param('id') cartId: string, @Body() body: AddItemBody, @Res() reply: FastifyReply): Promise<void> {
    const { sku, quantity } = body;
    return this.gate.send(reply, (scope) => new AddCartItem(scope, { cartId, sku, quantity }), GOES_ON);
  }

  @Patch(':id/items/:sku')
  @HttpCode(200)
  @PathParams('id', 'sku')
  @Operation({
    id: 'carts.changeItem',
    summary: 'Set the units of a line',
    description: 'Sets how many units the line has, for whoever knows the id of the cart; 0 takes the line out.',
    codes: ['CART.ITEM_NOT_FOUND', 'CART.QUANTITY_TOO_LARGE', ...CHANGES],
    credential: 'optional',
  })
  @WriteRoute({ answers: { 200: [Cart, AFTERWARDS] } })
  setQuantity(@Param() path: ItemPath, @Body() body: ChangeItemBody, @Res() reply: FastifyReply): Promise<void> {
    const { id: cartId, sku } = path;
    const { quantity } = body;
    return this.gate.send(reply, (scope) => new ChangeCartItem(scope, { cartId, sku, quantity }), GOES_ON);
  }

  @Delete(':id/items/:sku')
  @HttpCode(200)
  @PathParams('id', 'sku')
  @Operation({
    id: 'carts.removeItem',
    summary: 'Take a line out',
    description: 'Takes the line out of the cart, for whoever knows its id.',
    codes: ['CART.ITEM_NOT_FOUND', ...CHANGES],
    credential: 'optional',
  })
  @WriteRoute({ answers: { 200: [Cart, AFTERWARDS] } })
  remove(@Param() { id: cartId, sku }: ItemPath, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.send(reply, (scope) => new RemoveCartItem(scope, { cartId, sku }), GOES_ON);
  }
}
