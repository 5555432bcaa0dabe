import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Page } from '../../infra/http/index.js';
import { reportSumsReadModel } from '../../projections/report-sums/index.js';
import { AskedForm, ReportRoute } from '../shared/index.js';
import type { ReportForm } from '../shared/index.js';
import { PaymentsItem, RefundsItem, TaxItem } from './report-items.js';
import { ReportPayments } from './report-payments.query.js';
import { ReportRefunds } from './report-refunds.query.js';
import { ReportTax } from './report-tax.query.js';
import { ProviderReportParams, TaxReportParams } from './reports.params.js';

/** What money came and went. */
@ApiTags('reports')
@Controller('v1/reports')
export class MoneyReportsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('payments')
  @ReportRoute({
    id: 'reports.payments',
    summary: 'Report payments',
    description:
      'What payment providers held, took, gave back and let go, an item for each key and currency. It counts when the ' +
      'provider said so, on its day in the time zone. What gift cards pay is not in it.',
    from: reportSumsReadModel.name,
    item: PaymentsItem,
    page: 'PaymentsReportPage',
    csv: 'key,authorized.amount,authorized.currency,captured.amount\r\n2026-03-01,598,USD,598\r\n',
  })
  payments(@Query() request: ProviderReportParams, @AskedForm() form: ReportForm): Promise<Page<PaymentsItem>> {
    return this.queries.execute(new ReportPayments({ request, form }));
  }

  @Get('refunds')
  @ReportRoute({
    id: 'reports.refunds',
    summary: 'Report refunds',
    description:
      'What was paid back to providers and to gift cards, an item for each key and currency, on the day on which it was ' +
      'paid back in the time zone; a refund that is under way or has failed is not in it.',
    from: reportSumsReadModel.name,
    item: RefundsItem,
    page: 'RefundsReportPage',
    csv: 'key,count,amount.amount,amount.currency\r\n2026-03-01,1,598,USD\r\n',
  })
  refunds(@Query() request: ProviderReportParams, @AskedForm() form: ReportForm): Promise<Page<RefundsItem>> {
    return this.queries.execute(new ReportRefunds({ request, form }));
  }

  @Get('tax')
  @ReportRoute({
    id: 'reports.tax',
    summary: 'Report tax',
    description:
      'Net and tax of the orders that were confirmed, an item for each key and currency, by country, tax zone or rate of ' +
      'the destination, or on the day of the confirmation in the time zone. Cancellations and refunds change nothing; gift ' +
      'cards are not taxed when they are sold, and are not in it.',
    from: reportSumsReadModel.name,
    item: TaxItem,
    page: 'TaxReportPage',
    csv: 'key,orders,net.amount,net.currency,tax.amount,tax.currency\r\n0.19,1,503,EUR,95,EUR\r\n',
  })
  tax(@Query() request: TaxReportParams, @AskedForm() form: ReportForm): Promise<Page<TaxItem>> {
    return this.queries.execute(new ReportTax({ request, form }));
  }
}
