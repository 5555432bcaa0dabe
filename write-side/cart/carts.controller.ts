import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { cartAggregate } from '../../domain/cart/index.js';
import type { CartCommand } from '../../domain/cart/index.js';
import { CartResponse, customerOf, Operation, OptionalPrincipal, PathParams } from '../../infra/http/index.js';
import type { Principal } from '../../infra/http/index.js';
import { given } from '../shared/given.js';
import { ProductFacts } from '../shared/product-facts.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import type { WriteAnswer } from '../shared/write-answer.js';
import type { WriteScope } from '../shared/write-scope.js';
import { cartAnswer } from './cart-answers.js';
import { AddItemBody, ChangeItemBody, OpenCartBody } from './cart-bodies.js';

interface ItemPath {
  readonly id: string;
  readonly sku: string;
}

/** What any change of the items of a cart can be refused for. */
const CHANGES = ['CART.NOT_FOUND', 'CART.NOT_OPEN', 'CART.TOO_LARGE', 'CART.TOTAL_TOO_LARGE'] as const;
const AFTERWARDS = 'The cart with the change.';

/** Carts are capabilities: whoever knows the id may change it. */
@ApiTags('carts')
@Controller('v1/carts')
export class CartsController {
  constructor(
    private readonly gate: WriteGate,
    private readonly products: ProductFacts,
  ) {}

  @Post()
  @Operation({
    id: 'carts.open',
    summary: 'Open a cart',
    description:
      'Opens an empty cart for guests and customers alike. Its id is a secret: whoever knows it may use the cart. A ' +
      "customer's token makes the cart theirs.",
    credential: 'optional',
  })
  @WriteRoute({ answers: { 201: [CartResponse, 'The empty cart.'] }, headers: ['Location'] })
  open(
    @Body() body: OpenCartBody,
    @OptionalPrincipal() who: Principal | null,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { currency, reference } = body;
    const customerId = customerOf(who);
    return this.gate.run(reply, async (scope) => {
      const cartId = scope.newId('cart');
      const command = { type: 'open-cart' as const, cartId, currency, ...given({ reference, customerId }) };
      const answer = await scope.answer(201, {
        aggregate: cartAggregate,
        id: cartId,
        command,
        creates: true,
        answer: cartAnswer,
      });
      return { ...answer, location: `/v1/carts/${cartId}` };
    });
  }

  @Post(':id/items')
  @HttpCode(200)
  @Operation({
    id: 'carts.addItem',
    summary: 'Add units of a product',
    description:
      'Adds units for whoever knows the id of the cart. The same SKU adds up in one line, which then has the price of today.',
    codes: ['PRODUCT.UNKNOWN_SKU', 'CART.CURRENCY_MISMATCH', 'CART.QUANTITY_TOO_LARGE', ...CHANGES],
    credential: 'optional',
  })
  @WriteRoute({ answers: { 200: [CartResponse, AFTERWARDS] } })
  add(@Param('id') id: string, @Body() body: AddItemBody, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.run(reply, async (scope) => {
      const product = await this.products.of(body.sku);
      return change(scope, id, { type: 'add-item', product, quantity: body.quantity });
    });
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
  @WriteRoute({ answers: { 200: [CartResponse, AFTERWARDS] } })
  setQuantity(@Param() path: ItemPath, @Body() body: ChangeItemBody, @Res() reply: FastifyReply): Promise<void> {
    const { id, sku } = path;
    return this.gate.run(reply, (scope) =>
      change(scope, id, { type: 'change-item-quantity', sku, quantity: body.quantity }),
    );
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
  @WriteRoute({ answers: { 200: [CartResponse, AFTERWARDS] } })
  remove(@Param() { id, sku }: ItemPath, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.run(reply, (scope) => change(scope, id, { type: 'remove-item', sku }));
  }
}

const change = (scope: WriteScope, id: string, command: CartCommand): Promise<WriteAnswer> =>
  scope.answer(200, { aggregate: cartAggregate, id, missing: 'CART.NOT_FOUND', command, answer: cartAnswer });
