import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import { cartJourneysReadModel } from '../../projections/cart-journeys/index.js';
import { AbandonmentItem } from './report-items.js';
import { Reports, type AskedReport } from './reports.js';
import { tallyReport, type TallyReport } from './tally-report.js';

export const abandonmentTally: TallyReport<'carts', AbandonmentItem> = {
  report: 'abandonment',
  model: cartJourneysReadModel,
  sums: 'carts',
  base: 'cart',
  events: 'to-end',
  item: AbandonmentItem,
  itemOf: ({ opened, abandoned, value }, { key, currency }) => ({
    key,
    carts: Number(opened),
    abandoned: Number(abandoned),
    value: { amount: value, currency },
  }),
};

const reporting = tallyReport(abandonmentTally);

/** How many carts were left, and with what in them, by the time of their opening. */
export class ReportAbandonment extends Query<Page<AbandonmentItem>> {
  constructor(readonly asked: AskedReport) {
    super();
  }
}

@QueryHandler(ReportAbandonment)
export class ReportAbandonmentHandler implements IQueryHandler<ReportAbandonment> {
  constructor(private readonly reports: Reports) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  execute({ asked }: ReportAbandonment): Promise<Page<AbandonmentItem>> {
    return this.reports.page(reporting, asked);
  }
}
