import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import { reportSumsReadModel } from '../../projections/report-sums/index.js';
import { RefundsItem } from './report-items.js';
import { Reports, type AskedReport } from './reports.js';
import { tallyReport, type TallyReport } from './tally-report.js';

export const refundsTally: TallyReport<'refunds', RefundsItem> = {
  report: 'refunds',
  model: reportSumsReadModel,
  sums: 'refunds',
  base: 'provider',
  events: 'of-span',
  item: RefundsItem,
  itemOf: ({ count, amount }, { key, currency }) => ({
    key,
    count: Number(count),
    amount: { amount, currency },
  }),
};

const reporting = tallyReport(refundsTally);

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
