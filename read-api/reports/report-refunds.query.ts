import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import { reportSumsReadModel } from '../../projections/report-sums/index.js';
import type { RefundsItem } from './report-items.js';
import { Reports, type AskedReport } from './reports.js';
import { tallyReport } from './tally-report.js';

const reporting = tallyReport({
  report: 'refunds',
  model: reportSumsReadModel.name,
  sums: 'refunds',
  base: 'provider',
  itemOf: ({ count, amount }, { key, currency }): RefundsItem => ({
    key,
    count: Number(count),
    amount: { amount, currency },
  }),
});

/** What was paid back, by the time when it was. */
export class ReportRefunds extends Query<Page<RefundsItem>> {
  constructor(readonly asked: AskedReport) {
    super();
  }
}

@QueryHandler(ReportRefunds)
export class ReportRefundsHandler implements IQueryHandler<ReportRefunds> {
  constructor(private readonly reports: Reports) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  execute({ asked }: ReportRefunds): Promise<Page<RefundsItem>> {
    return this.reports.page(reporting, asked);
  }
}
