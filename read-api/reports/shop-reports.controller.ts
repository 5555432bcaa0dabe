import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Page } from '../../infra/http/index.js';
import { cartJourneysReadModel } from '../../projections/cart-journeys/index.js';
import { customerOrdersReadModel } from '../../projections/sales/index.js';
import { stockOutsReadModel } from '../../projections/inventory/index.js';
import { AskedForm, ReportRoute } from '../shared/index.js';
import type { ReportForm } from '../shared/index.js';
import { ReportAbandonment } from './report-abandonment.query.js';
import { ReportCustomers } from './report-customers.query.js';
import { ReportFunnel } from './report-funnel.query.js';
import { AbandonmentItem, CustomersItem, FunnelItem, StockOutsItem } from './report-items.js';
import { ReportStockOuts } from './report-stock-outs.query.js';
import { CartReportParams, CustomerReportParams, StockReportParams } from './reports.params.js';

/** What shoppers did, and what they could not do. */
@ApiTags('reports')
@Controller('v1/reports')
export class ShopReportsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('funnel')
  @ReportRoute({
    id: 'reports.funnel',
    summary: 'Report how far carts come',
    description:
      'Of the carts that were opened on a day in the time zone, how many came to each step up to the delivery, and how long ' +
      'that took; an item for each key and currency.',
    from: cartJourneysReadModel.name,
    item: FunnelItem,
    page: 'FunnelReportPage',
    csv: 'key,currency,opened,withItems,checkedOut,paid,shipped,delivered\r\n2026-03-01,USD,4,3,2,1,1,1\r\n',
  })
  funnel(@Query() request: CartReportParams, @AskedForm() form: ReportForm): Promise<Page<FunnelItem>> {
    return this.queries.execute(new ReportFunnel({ request, form }));
  }

  @Get('abandonment')
  @ReportRoute({
    id: 'reports.abandonment',
    summary: 'Report abandoned carts',
    description:
      'Of the carts that were opened on a day in the time zone, how many nobody came back to, and what was in those; an item ' +
      'for each key and currency.',
    from: cartJourneysReadModel.name,
    item: AbandonmentItem,
    page: 'AbandonmentReportPage',
    csv: 'key,carts,abandoned,value.amount,value.currency\r\n2026-03-01,4,1,598,USD\r\n',
  })
  abandonment(@Query() request: CartReportParams, @AskedForm() form: ReportForm): Promise<Page<AbandonmentItem>> {
    return this.queries.execute(new ReportAbandonment({ request, form }));
  }

  @Get('customers')
  @ReportRoute({
    id: 'reports.customers',
    summary: 'Report new and returning customers',
    description:
      'First orders, those of customers who had ordered before, and what all of them came to, an item for each key and ' +
      'currency; by `cohort` all that is asked about is told by the month of the first order. A customer is an account, else ' +
      'an e-mail address. Orders and revenue are those of the report of sales.',
    from: customerOrdersReadModel.name,
    item: CustomersItem,
    page: 'CustomersReportPage',
    csv: 'key,new,returning,orders,revenue.amount,revenue.currency\r\n2026-03,1,1,2,598,USD\r\n',
  })
  customers(@Query() request: CustomerReportParams, @AskedForm() form: ReportForm): Promise<Page<CustomersItem>> {
    return this.queries.execute(new ReportCustomers({ request, form }));
  }

  @Get('stock-outs')
  @ReportRoute({
    id: 'reports.stockOuts',
    summary: 'Report stock-outs',
    description:
      'How often and how long SKUs could not be sold, as nothing was on hand that was not reserved, and what orders asked for ' +
      'meanwhile, an item for each key. Stock is of no channel and no currency: they narrow what was asked for.',
    from: stockOutsReadModel.name,
    item: StockOutsItem,
    page: 'StockOutsReportPage',
    csv: 'key,times,secondsOut,outSince,asked.orders,asked.units\r\n1000237,1,3600,,2,3\r\n',
  })
  stockOuts(@Query() request: StockReportParams, @AskedForm() form: ReportForm): Promise<Page<StockOutsItem>> {
    return this.queries.execute(new ReportStockOuts({ request, form }));
  }
}
