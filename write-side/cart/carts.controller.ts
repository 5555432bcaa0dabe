import { Body, Controller, Delete, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { cartAggregate } from '../../domain/cart/index.js';
import type { CartCommand } from '../../domain/cart/index.js';
import { customerOf, OptionalPrincipal } from '../../infra/http/index.js';
import type { Principal } from '../../infra/http/index.js';
import { cartSchema } from '../shared/answer-schemas.js';
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

const ItemParams = (): MethodDecorator => (target, name, descriptor: PropertyDescriptor) => {
  for (const one of ['id', 'sku']) ApiParam({ name: one, schema: { type: 'string' } })(target, name, descriptor);
};

/** Carts are capabilities: whoever knows the id may change it. */
@ApiTags('carts')
@Controller('v1/carts')
export class CartsController {
  constructor(
    private readonly gate: WriteGate,
    private readonly products: ProductFacts,
  ) {}

  @Post()
  @WriteRoute({ answers: { 201: cartSchema }, problems: [401] })
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
  @WriteRoute({ answers: { 200: cartSchema }, problems: [401, 404] })
  add(@Param('id') id: string, @Body() body: AddItemBody, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.run(reply, async (scope) => {
      const product = await this.products.of(body.sku);
      return change(scope, id, { type: 'add-item', product, quantity: body.quantity });
    });
  }

  @Patch(':id/items/:sku')
  @HttpCode(200)
  @ItemParams()
  @WriteRoute({ answers: { 200: cartSchema }, problems: [401, 404] })
  setQuantity(@Param() path: ItemPath, @Body() body: ChangeItemBody, @Res() reply: FastifyReply): Promise<void> {
    const { id, sku } = path;
    return this.gate.run(reply, (scope) =>
      change(scope, id, { type: 'change-item-quantity', sku, quantity: body.quantity }),
    );
  }

  @Delete(':id/items/:sku')
  @HttpCode(200)
  @ItemParams()
  @WriteRoute({ answers: { 200: cartSchema }, problems: [401, 404] })
  remove(@Param() { id, sku }: ItemPath, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.run(reply, (scope) => change(scope, id, { type: 'remove-item', sku }));
  }
}

const change = (scope: WriteScope, id: string, command: CartCommand): Promise<WriteAnswer> =>
  scope.answer(200, { aggregate: cartAggregate, id, missing: 'CART.NOT_FOUND', command, answer: cartAnswer });
