import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import { paymentSumsReadModel } from '../../projections/payment-sums/index.js';
import type { PaymentSum } from '../../projections/payment-sums/index.js';
import type { PaymentsItem } from './report-items.js';
import { TallyReports, type AskedReport, type TallyReport } from './tally-reports.js';

/** What providers held, took, gave back and let go, by the time when they said so. */
export class ReportPayments extends Query<Page<PaymentsItem>> {
  constructor(readonly asked: AskedReport) {
    super();
  }
}

const report: TallyReport<PaymentSum, PaymentsItem> = {
  name: 'payments',
  model: paymentSumsReadModel,
  base: 'provider',
  itemOf: (sums, { key, currency }) => {
    const money = (amount: bigint) => ({ amount, currency });
    const { authorized, captured, refunded, voided } = sums;
    return {
      key,
      authorized: money(authorized),
      captured: money(captured),
      refunded: money(refunded),
      voided: money(voided),
    };
  },
};

@QueryHandler(ReportPayments)
export class ReportPaymentsHandler implements IQueryHandler<ReportPayments> {
  constructor(private readonly tallies: TallyReports) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  execute({ asked }: ReportPayments): Promise<Page<PaymentsItem>> {
    return this.tallies.page(report, asked);
  }
}
