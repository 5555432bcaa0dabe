import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { customerOf, optionalPrincipal, waitSeconds } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { pendingCheckoutSchema, settledCheckoutSchema } from './cart-answers.js';
import { CheckoutBody } from './cart-bodies.js';
import { CheckoutQuota } from './checkout-quota.js';
import { CheckoutService } from './checkout.service.js';

@ApiTags('carts')
@Controller('v1/carts')
export class CheckoutController {
  constructor(
    private readonly gate: WriteGate,
    private readonly checkouts: CheckoutService,
    private readonly quota: CheckoutQuota,
  ) {}

  /** 202 once the order is open; with `Prefer: wait=N` 201 once it has settled. */
  @Post(':id/checkout')
  @HttpCode(202)
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description: '`wait=N`: at most N seconds until the order has settled',
  })
  @WriteRoute({ answers: { 201: settledCheckoutSchema, 202: pendingCheckoutSchema }, problems: [401, 404, 429] })
  checkOut(@Param('id') cartId: string, @Body() body: CheckoutBody, @Res() reply: FastifyReply): Promise<void> {
    const wait = waitSeconds(reply.request.headers['prefer'], 0);
    const customerId = customerOf(optionalPrincipal(reply.request));
    const client = this.quota.clientOf(reply.request);
    return this.gate.run(reply, (scope) => this.checkouts.checkOut({ cartId, body, customerId, client, wait }, scope));
  }
}
