import { SalesExplained } from './explain-sales.js';
import { ParkedSales, ReportSalesHandler } from './report-sales.query.js';
import { ReportsController } from './reports.controller.js';

export const salesReads = {
  controllers: [ReportsController],
  handlers: [ReportSalesHandler, ParkedSales, SalesExplained],
};
