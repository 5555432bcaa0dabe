import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Coupon } from '../../domain/coupon/index.js';
import { Operation, Roles } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { Answers, ListParams, pageOf, Reads } from '../shared/index.js';
import { ListCoupons } from './list-coupons.query.js';

const CouponPage = pageOf(Coupon, 'CouponPage');

@ApiTags('coupons')
@Controller('v1/promotions')
@Roles('support', 'admin')
export class CouponReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/coupons')
  @Reads({ from: ['coupons'] })
  @Operation({
    id: 'coupons.list',
    summary: 'List the coupons of a promotion',
    description: 'Lists coupons in an order that stays as it is, deactivated ones too.',
    codes: ['PROMOTION.NOT_FOUND'],
  })
  @Answers(CouponPage, 'A page of coupons.')
  list(@Param('id') id: string, @Query() request: ListParams): Promise<Page<Coupon>> {
    return this.queries.execute(new ListCoupons(id, request));
  }
}
