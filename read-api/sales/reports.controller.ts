import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Roles } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { AnswersPage, Reads } from '../shared/index.js';
import { ReportSales } from './report-sales.query.js';
import { SalesReportParams } from './sales.params.js';
import { SalesItemResponse } from './sales.responses.js';

@ApiTags('reports')
@Controller('v1/reports')
export class ReportsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('sales')
  @Roles('analyst', 'admin')
  @Reads({ from: ['sales'], exact: true })
  @AnswersPage(SalesItemResponse)
  sales(@Query() request: SalesReportParams): Promise<Page<SalesItemResponse>> {
    return this.queries.execute(new ReportSales(request));
  }
}
