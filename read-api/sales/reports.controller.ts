import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Operation, Roles } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { Answers, pageOf, Reads } from '../shared/index.js';
import { ReportSales } from './report-sales.query.js';
import { SalesReportParams } from './sales.params.js';
import { SalesItem } from './sales-item.js';

const SalesPage = pageOf(SalesItem, 'SalesPage');

@ApiTags('reports')
@Controller('v1/reports')
export class ReportsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('sales')
  @Roles('analyst', 'admin')
  @Reads({ from: ['sales'], exact: true })
  @Operation({
    id: 'reports.sales',
    summary: 'Report sales',
    description:
      'Orders, units and revenue by day, category or SKU, an item for each key and currency. Sales count when the order ' +
      'is confirmed, on its day in the time zone; a cancellation subtracts on its own day; refunds change nothing.',
  })
  @Answers(SalesPage, 'A page of the report.')
  sales(@Query() request: SalesReportParams): Promise<Page<SalesItem>> {
    return this.queries.execute(new ReportSales(request));
  }
}
