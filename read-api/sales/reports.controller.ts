import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Page } from '../../infra/http/index.js';
import { AskedForm, ReportRoute } from '../shared/index.js';
import type { ReportForm } from '../shared/index.js';
import { ReportSales } from './report-sales.query.js';
import { SalesReportParams } from './sales.params.js';
import { SalesItem } from './sales-item.js';

@ApiTags('reports')
@Controller('v1/reports')
export class ReportsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('sales')
  @ReportRoute({
    id: 'reports.sales',
    summary: 'Report sales',
    description:
      'Orders, units and revenue by day, category or SKU, an item for each key and currency. Sales count when the order ' +
      'is confirmed, on its day in the time zone; a cancellation subtracts on its own day; refunds change nothing.',
    from: 'sales',
    item: SalesItem,
    page: 'SalesPage',
    csv: 'key,orders,units,revenue.amount,revenue.currency\r\n2026-03-01,1,2,598,USD\r\n',
  })
  sales(@Query() request: SalesReportParams, @AskedForm() form: ReportForm): Promise<Page<SalesItem>> {
    return this.queries.execute(new ReportSales(request, form));
  }
}
