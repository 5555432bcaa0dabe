import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import { customerOrdersReadModel } from '../../projections/sales/index.js';
import { periodOf } from '../shared/index.js';
import { CustomersItem } from './report-items.js';
import { Reports, type AskedReport } from './reports.js';
import { tallyReport, type TallyReport } from './tally-report.js';

const MONTH = 'YYYY-MM';

export const customersTally: TallyReport<'customers', CustomersItem> = {
  report: 'customers',
  model: customerOrdersReadModel,
  sums: 'customers',
  base: 'cohort',
  events: 'from-start',
  item: CustomersItem,
  // A month of every zone, or a quarter of an hour.
  keyOf: (cohort, { days }) => (cohort.length <= MONTH.length ? cohort : periodOf('month', days.dayOf(cohort))),
  itemOf: ({ new: first, returning, orders, revenue }, { key, currency }) => ({
    key,
    new: Number(first),
    returning: Number(returning),
    orders: Number(orders),
    revenue: { amount: revenue, currency },
  }),
};

const reporting = tallyReport(customersTally);

/** New and returning customers and what they order, by the time of the order or of the first one. */
export class ReportCustomers extends Query<Page<CustomersItem>> {
  constructor(readonly asked: AskedReport) {
    super();
  }
}

@QueryHandler(ReportCustomers)
export class ReportCustomersHandler implements IQueryHandler<ReportCustomers> {
  constructor(private readonly reports: Reports) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  execute({ asked }: ReportCustomers): Promise<Page<CustomersItem>> {
    return this.reports.page(reporting, asked);
  }
}
