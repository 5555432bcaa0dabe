import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import { refundSumsReadModel } from '../../projections/refund-sums/index.js';
import type { RefundSum } from '../../projections/refund-sums/index.js';
import type { RefundsItem } from './report-items.js';
import { TallyReports, type AskedReport, type TallyReport } from './tally-reports.js';

/** What was paid back, by the time when it was. */
export class ReportRefunds extends Query<Page<RefundsItem>> {
  constructor(readonly asked: AskedReport) {
    super();
  }
}

const report: TallyReport<RefundSum, RefundsItem> = {
  name: 'refunds',
  model: refundSumsReadModel,
  base: 'provider',
  itemOf: ({ count, amount }, { key, currency }) => ({ key, count: Number(count), amount: { amount, currency } }),
};

@QueryHandler(ReportRefunds)
export class ReportRefundsHandler implements IQueryHandler<ReportRefunds> {
  constructor(private readonly tallies: TallyReports) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  execute({ asked }: ReportRefunds): Promise<Page<RefundsItem>> {
    return this.tallies.page(report, asked);
  }
}
