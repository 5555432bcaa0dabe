import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Operation, Roles } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { Answers, pageOf, Reads } from '../shared/index.js';
import { GiftCardLiabilities } from './liabilities.js';
import { ReportGiftCardLiabilities } from './report-liabilities.query.js';

const LiabilitiesPage = pageOf(GiftCardLiabilities, 'GiftCardLiabilitiesPage');

@ApiTags('reports')
@Controller('v1/reports')
export class GiftCardReportController {
  constructor(private readonly queries: QueryBus) {}

  @Get('gift-cards')
  @Roles('analyst', 'admin')
  @Reads({ from: ['gift-card-liabilities'], exact: true })
  @Operation({
    id: 'reports.giftCards',
    summary: 'Report what is owed on gift cards',
    description:
      'Sums over all gift cards, an item for each currency: what was issued, spent, given back, adjusted and forfeited, and ' +
      'what is left of it, which the shop owes. They are the sums of the ledgers.',
  })
  @Answers(LiabilitiesPage, 'The report; it is one page.')
  liabilities(): Promise<Page<GiftCardLiabilities>> {
    return this.queries.execute(new ReportGiftCardLiabilities());
  }
}
