import { ReportExplained } from './explain-report.js';
import { StockOutsExplained } from './explain-stock-outs.js';
import { MoneyReportsController } from './money-reports.controller.js';
import { ReportAbandonmentHandler } from './report-abandonment.query.js';
import { ReportCustomersHandler } from './report-customers.query.js';
import { ReportFunnelHandler } from './report-funnel.query.js';
import { ReportPaymentsHandler } from './report-payments.query.js';
import { ReportRefundsHandler } from './report-refunds.query.js';
import { ReportStockOutsHandler } from './report-stock-outs.query.js';
import { ReportTaxHandler } from './report-tax.query.js';
import { Reports } from './reports.js';
import { ShopReportsController } from './shop-reports.controller.js';

export const reportReads = {
  controllers: [MoneyReportsController, ShopReportsController],
  handlers: [
    Reports,
    ReportExplained,
    StockOutsExplained,
    ReportPaymentsHandler,
    ReportRefundsHandler,
    ReportTaxHandler,
    ReportFunnelHandler,
    ReportAbandonmentHandler,
    ReportCustomersHandler,
    ReportStockOutsHandler,
  ],
};
