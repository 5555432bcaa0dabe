import { MoneyReportsController } from './money-reports.controller.js';
import { ReportPaymentsHandler } from './report-payments.query.js';
import { ReportRefundsHandler } from './report-refunds.query.js';
import { TallyReports } from './tally-reports.js';

export const reportReads = {
  controllers: [MoneyReportsController],
  handlers: [ReportPaymentsHandler, ReportRefundsHandler, TallyReports],
};
