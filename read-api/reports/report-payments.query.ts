import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import { reportSumsReadModel } from '../../projections/report-sums/index.js';
import { PaymentsItem } from './report-items.js';
import { Reports, type AskedReport } from './reports.js';
import { tallyReport, type TallyReport } from './tally-report.js';

export const paymentsTally: TallyReport<'payments', PaymentsItem> = {
  report: 'payments',
  model: reportSumsReadModel,
  sums: 'payments',
  base: 'provider',
  events: 'of-span',
  item: PaymentsItem,
  itemOf: ({ authorized, captured, refunded, voided }, { key, currency }) => {
    const money = (amount: bigint) => ({ amount, currency });
    return {
      key,
      authorized: money(authorized),
      captured: money(captured),
      refunded: money(refunded),
      voided: money(voided),
    };
  },
};

const reporting = tallyReport(paymentsTally);

/** What providers held, took, gave back and let go, by the time when they said so. */
export class ReportPayments extends Query<Page<PaymentsItem>> {
  constructor(readonly asked: AskedReport) {
    super();
  }
}

@QueryHandler(ReportPayments)
export class ReportPaymentsHandler implements IQueryHandler<ReportPayments> {
  constructor(private readonly reports: Reports) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  execute({ asked }: ReportPayments): Promise<Page<PaymentsItem>> {
    return this.reports.page(reporting, asked);
  }
}
