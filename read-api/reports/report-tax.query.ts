import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import { reportSumsReadModel } from '../../projections/report-sums/index.js';
import { TaxItem } from './report-items.js';
import { Reports, type AskedReport } from './reports.js';
import { tallyReport, type TallyReport } from './tally-report.js';

export const taxTally: TallyReport<'tax', TaxItem> = {
  report: 'tax',
  model: reportSumsReadModel,
  sums: 'tax',
  base: 'country',
  events: 'of-span',
  item: TaxItem,
  itemOf: ({ orders, net, tax }, { key, currency }) => ({
    key,
    orders: Number(orders),
    net: { amount: net, currency },
    tax: { amount: tax, currency },
  }),
};

const reporting = tallyReport(taxTally);

/** What orders are taxed, by the time of their confirmation. */
export class ReportTax extends Query<Page<TaxItem>> {
  constructor(readonly asked: AskedReport) {
    super();
  }
}

@QueryHandler(ReportTax)
export class ReportTaxHandler implements IQueryHandler<ReportTax> {
  constructor(private readonly reports: Reports) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  execute({ asked }: ReportTax): Promise<Page<TaxItem>> {
    return this.reports.page(reporting, asked);
  }
}
