import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { cartJourneysReadModel, valueOf } from '../../projections/cart-journeys/index.js';
import type { PlacedItem, ReportSelection } from '../shared/index.js';
import { cartsIn } from './journeys.js';
import type { AbandonmentItem } from './report-items.js';
import { keyIn, Reports, SumsByKey, type AskedReport, type Reporting } from './reports.js';

async function abandonment(
  store: ReadModelStore,
  selection: ReportSelection,
): Promise<readonly PlacedItem<AbandonmentItem>[]> {
  const sums = new SumsByKey(() => ({ carts: 0, abandoned: 0, value: 0n }));
  for await (const cart of cartsIn(store, selection)) {
    const sum = sums.of(keyIn(selection, cart), cart.currency);
    sum.carts += 1;
    if (cart.abandoned === undefined) continue;
    sum.abandoned += 1;
    sum.value += valueOf(cart);
  }
  return sums.items(({ key, currency, value: { carts, abandoned, value } }) => ({
    key,
    carts,
    abandoned,
    value: { amount: value, currency },
  }));
}

const reporting: Reporting<AbandonmentItem> = {
  report: 'abandonment',
  model: cartJourneysReadModel.name,
  items: abandonment,
};

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
