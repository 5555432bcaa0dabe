import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Operation, Roles } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { Answers, AsOfParams, pageOf, parseAsOf, ReadLate, Reads, type Lateness } from '../shared/index.js';
import { GetPromotion, GetPromotionAsOf } from './get-promotion.query.js';
import { ListPromotions } from './list-promotions.query.js';
import { UsedPromotion } from './promotion-item.js';
import { PromotionListParams } from './promotion.params.js';

const PromotionPage = pageOf(UsedPromotion, 'PromotionPage');

@ApiTags('promotions')
@Controller('v1/promotions')
@Roles('admin', 'support', 'analyst')
export class PromotionReadsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Reads({ from: ['promotions'], exact: true })
  @Operation({
    id: 'promotions.list',
    summary: 'List promotions',
    description: 'Lists promotions, the newest first, with how much they were used.',
  })
  @Answers(PromotionPage, 'A page of promotions.')
  list(@Query() request: PromotionListParams): Promise<Page<UsedPromotion>> {
    return this.queries.execute(new ListPromotions(request));
  }

  @Get(':id')
  @Reads({ from: ['promotions'], versioned: true, exact: true })
  @Operation({
    id: 'promotions.get',
    summary: 'Read a promotion',
    description: 'Shows a promotion with how much it was used; with `asOf` as it was then.',
    codes: ['PROMOTION.NOT_FOUND'],
  })
  @Answers(UsedPromotion, 'The promotion.', ['ETag'])
  promotion(
    @Param('id') id: string,
    @Query() { asOf }: AsOfParams,
    @ReadLate() late: Lateness,
  ): Promise<UsedPromotion> {
    return this.queries.execute(
      asOf === undefined ? new GetPromotion(id, late) : new GetPromotionAsOf(id, parseAsOf(asOf)),
    );
  }
}
