import { Body, Controller, Delete, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Cart } from '../../domain/cart/index.js';
import { Operation, PathParams, withCodes } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { AddCartCoupon, RemoveCartCoupon } from './cart.commands.js';
import { AddCouponBody } from './cart.bodies.js';

const GOES_ON = { load: 'goes-on' } as const;

/** Carts are capabilities: whoever knows the id may put a coupon in. */
@ApiTags('carts')
@Controller('v1/carts')
export class CartCouponsController {
  constructor(private readonly gate: WriteGate) {}

  @Post(':id/coupons')
  @HttpCode(200)
  @Operation({
    id: 'carts.addCoupon',
    summary: 'Put a coupon in',
    description:
      'Puts a coupon in the cart, for whoever knows its id. One whose conditions the cart does not meet yet is kept, and the cart ' +
      'says so. A client that sends too many wrong codes is refused for a while, with right ones too.',
    codes: [
      'CART.NOT_FOUND',
      'CART.NOT_OPEN',
      'CART.TOO_LARGE',
      'COUPON.EXPIRED',
      'COUPON.NOT_COMBINABLE',
      'COUPON.UNKNOWN',
      'COUPON.USED_UP',
      'REQUEST.TOO_MANY_WRONG_CODES',
      'SERVER.OVERLOADED',
    ],
    credential: 'optional',
  })
  @WriteRoute({ answers: { 200: [Cart, 'The cart with the coupon.'] } })
  add(@Param('id') cartId: string, @Body() { code }: AddCouponBody, @Res() reply: FastifyReply): Promise<void> {
    return withCodes(reply.request, () =>
      this.gate.send(reply, (scope) => new AddCartCoupon(scope, { cartId, code }), GOES_ON),
    );
  }

  @Delete(':id/coupons/:code')
  @HttpCode(200)
  @PathParams('id', 'code')
  @Operation({
    id: 'carts.removeCoupon',
    summary: 'Take a coupon out',
    description: 'Takes the coupon out of the cart, for whoever knows its id.',
    codes: ['CART.COUPON_NOT_FOUND', 'CART.NOT_FOUND', 'CART.NOT_OPEN', 'COUPON.UNKNOWN', 'SERVER.OVERLOADED'],
    credential: 'optional',
  })
  @WriteRoute({ answers: { 200: [Cart, 'The cart without it.'] } })
  remove(@Param() { id: cartId, code }: { id: string; code: string }, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.send(reply, (scope) => new RemoveCartCoupon(scope, { cartId, code }), GOES_ON);
  }
}
