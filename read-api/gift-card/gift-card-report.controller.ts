import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Page } from '../../infra/http/index.js';
import { ReportRoute } from '../shared/index.js';
import { GiftCardLiabilities } from './liabilities.js';
import { ReportGiftCardLiabilities } from './report-liabilities.query.js';

@ApiTags('reports')
@Controller('v1/reports')
export class GiftCardReportController {
  constructor(private readonly queries: QueryBus) {}

  @Get('gift-cards')
  @ReportRoute({
    id: 'reports.giftCards',
    summary: 'Report what is owed on gift cards',
    description:
      'Sums over all gift cards, an item for each currency: what was issued, spent, given back, adjusted and forfeited, and ' +
      'what is left of it, which the shop owes. They are the sums of the ledgers. It is one page.',
    from: 'gift-card-liabilities',
    item: GiftCardLiabilities,
    page: 'GiftCardLiabilitiesPage',
    csv: 'currency,cards,issued.amount,issued.currency\r\nUSD,12,5980,USD\r\n',
  })
  liabilities(): Promise<Page<GiftCardLiabilities>> {
    return this.queries.execute(new ReportGiftCardLiabilities());
  }
}
