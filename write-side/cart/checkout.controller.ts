import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  customerOf,
  Operation,
  optionalPrincipal,
  PREFER_PATTERN,
  waitSeconds,
  withCodes,
} from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { PendingCheckout, SettledCheckout } from './checkout-answer.js';
import { CheckOutCart } from './cart.commands.js';
import { CheckoutBody } from './cart.bodies.js';
import { CheckoutQuota } from './checkout-facts.js';

@ApiTags('carts')
@Controller('v1/carts')
export class CheckoutController {
  constructor(
    private readonly gate: WriteGate,
    private readonly quota: CheckoutQuota,
  ) {}

  /** 202 once the order is open; with `Prefer: wait=N` 201 once it has settled. */
  @Post(':id/checkout')
  @HttpCode(202)
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description: '`wait=N`: at most N seconds, up to 60, until the order has settled.',
    schema: { type: 'string', pattern: PREFER_PATTERN },
  })
  @Operation({
    id: 'carts.checkOut',
    summary: 'Check a cart out',
    description:
      'Places an order of what is in the cart, for whoever knows its id. With the token of a customer the order is theirs ' +
      'and is in `GET /v1/me/orders`; without one it is opened by the `accessToken` of the answer. Gift cards pay first, ' +
      'the token the rest. Stock and money are decided after the 202; `Prefer: wait=N` waits for that. A rejected order opens its cart again.',
    codes: [
      'ADDRESS.UNKNOWN_REGION',
      'CART.EMPTY',
      'CART.NOT_FOUND',
      'CART.NOT_OPEN',
      'CART.PRICE_CHANGED',
      'CART.TOTAL_CHANGED',
      'CART.TOTAL_TOO_LARGE',
      'CHANNEL.NOT_SOLD',
      'CHECKOUT.PAUSED',
      'CHECKOUT.TOO_MANY_PENDING',
      'GIFT_CARD.BLOCKED',
      'GIFT_CARD.EMPTY',
      'GIFT_CARD.EXPIRED',
      'GIFT_CARD.INVALID_LIST',
      'GIFT_CARD.UNKNOWN',
      'GIFT_CARD.WRONG_CURRENCY',
      'PAYMENT.TOKEN_REQUIRED',
      'REQUEST.TOO_MANY_WRONG_CODES',
      'PRODUCT.NOT_PRICED',
      'SERVER.OVERLOADED',
      'SHIPPING.NO_METHOD',
      'SHIPPING.UNKNOWN_METHOD',
    ],
    credential: 'optional',
  })
  @WriteRoute({
    answers: {
      201: [SettledCheckout, 'Settled while the client waited: confirmed, or rejected and why.'],
      202: [PendingCheckout, 'The order is open.'],
    },
    headers: ['Location'],
  })
  checkOut(@Param('id') cartId: string, @Body() body: CheckoutBody, @Res() reply: FastifyReply): Promise<void> {
    const wait = waitSeconds(reply.request.headers['prefer'], 0);
    const customerId = customerOf(optionalPrincipal(reply.request));
    const client = this.quota.clientOf(reply.request);
    const data = { cartId, body, customerId, client, wait };
    const send = () => this.gate.send(reply, (scope) => new CheckOutCart(scope, data), { load: 'goes-on' });
    return (body.payment.giftCards?.length ?? 0) === 0 ? send() : withCodes(reply.request, send);
  }
}
