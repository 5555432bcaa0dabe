import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Coupon, CreatedCoupons, NewCoupons, parseNewCoupons } from '../../domain/coupon/index.js';
import { Operation, refused, Roles, RouteTakes, TakesBody } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { CreateCoupons, DeactivateCoupon } from './coupon.commands.js';

/** A hundred thousand codes take some seconds, and longer where others keep the engine busy. */
const BUDGET_MS = 60_000;

@ApiTags('coupons')
@Controller('v1/promotions')
@Roles('admin')
export class PromotionCouponsController {
  constructor(private readonly gate: WriteGate) {}

  /** The domain looks at what is asked for. */
  @Post(':id/coupons')
  @RouteTakes({ anyBody: true })
  @Operation({
    id: 'coupons.create',
    summary: 'Create coupons of a promotion',
    description:
      'Creates all coupons or none: codes of your own, at most 5,000, or up to 100,000 that nobody can guess. With an ' +
      'Idempotency-Key a request that was interrupted is sent again and goes on where it was.',
    codes: [
      'PROMOTION.NOT_FOUND',
      'PROMOTION.ENDED',
      'PROMOTION.WITHOUT_COUPONS',
      'COUPON.CODE_TAKEN',
      'COUPON.INVALID',
    ],
  })
  @TakesBody(NewCoupons, 'The codes, or how many.')
  @WriteRoute({ answers: { 201: [CreatedCoupons, 'They can be used from now on.'] } })
  create(@Param('id') promotionId: string, @Req() { body }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const coupons = parseNewCoupons(body);
    if ('refusal' in coupons) throw refused(coupons.refusal);
    return this.gate.send(reply, (scope) => new CreateCoupons(scope, { promotionId, coupons }), {
      budgetMs: BUDGET_MS,
    });
  }
}

@ApiTags('coupons')
@Controller('v1/coupons')
@Roles('admin')
export class CouponsController {
  constructor(private readonly gate: WriteGate) {}

  @Post(':code/deactivation')
  @HttpCode(200)
  @Operation({
    id: 'coupons.deactivate',
    summary: 'Deactivate a coupon',
    description: 'Nobody can use it any more; orders that have it keep it.',
    codes: ['COUPON.UNKNOWN'],
  })
  @WriteRoute({ answers: { 200: [Coupon, 'The coupon.'] } })
  deactivate(@Param('code') code: string, @Res() reply: FastifyReply): Promise<void> {
    return this.gate.send(reply, (scope) => new DeactivateCoupon(scope, { code }));
  }
}
