import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import { cartJourneysReadModel } from '../../projections/cart-journeys/index.js';
import { FunnelItem } from './report-items.js';
import { Reports, type AskedReport } from './reports.js';
import { tallyReport, type TallyReport } from './tally-report.js';

const step = (count: bigint, ms: bigint) => ({ count: Number(count), totalMs: Number(ms) });

export const funnelTally: TallyReport<'carts', FunnelItem> = {
  report: 'funnel',
  model: cartJourneysReadModel,
  sums: 'carts',
  base: 'cart',
  events: 'to-end',
  item: FunnelItem,
  itemOf: (sums, { key, currency }) => ({
    key,
    currency,
    opened: Number(sums.opened),
    withItems: Number(sums.withItems),
    checkedOut: Number(sums.checkedOut),
    paid: Number(sums.paid),
    shipped: Number(sums.shipped),
    delivered: Number(sums.delivered),
    times: {
      withItems: step(sums.withItems, sums.withItemsMs),
      checkedOut: step(sums.checkedOut, sums.checkedOutMs),
      paid: step(sums.paid, sums.paidMs),
      shipped: step(sums.shipped, sums.shippedMs),
      delivered: step(sums.delivered, sums.deliveredMs),
    },
  }),
};

const reporting = tallyReport(funnelTally);

/** How far carts came, by the time of their opening. */
export class ReportFunnel extends Query<Page<FunnelItem>> {
  constructor(readonly asked: AskedReport) {
    super();
  }
}

@QueryHandler(ReportFunnel)
export class ReportFunnelHandler implements IQueryHandler<ReportFunnel> {
  constructor(private readonly reports: Reports) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  execute({ asked }: ReportFunnel): Promise<Page<FunnelItem>> {
    return this.reports.page(reporting, asked);
  }
}
