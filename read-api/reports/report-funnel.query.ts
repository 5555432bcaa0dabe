import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { cartJourneysReadModel } from '../../projections/cart-journeys/index.js';
import type { CartJourney, OrderJourney } from '../../projections/cart-journeys/index.js';
import type { PlacedItem, ReportSelection } from '../shared/index.js';
import { cartsWithOrders } from './journeys.js';
import { FUNNEL_STEPS, type FunnelItem, type FunnelStep } from './report-items.js';
import { keyIn, Reports, SumsByKey, type AskedReport, type Reporting } from './reports.js';

interface Funnel {
  opened: number;
  /** How many carts came so far, and how long that took them from the step before. */
  readonly steps: Record<FunnelStep, { count: number; totalMs: number }>;
}

const emptyFunnel = (): Funnel => ({
  opened: 0,
  steps: {
    withItems: { count: 0, totalMs: 0 },
    checkedOut: { count: 0, totalMs: 0 },
    paid: { count: 0, totalMs: 0 },
    shipped: { count: 0, totalMs: 0 },
    delivered: { count: 0, totalMs: 0 },
  },
});

function count(funnel: Funnel, cart: CartJourney, order: OrderJourney | null): void {
  const times = { ...order, withItems: cart.withItems, checkedOut: cart.checkedOut };
  funnel.opened += 1;
  let before = cart.opened;
  for (const step of FUNNEL_STEPS) {
    const at = times[step];
    if (at === undefined) return;
    funnel.steps[step].count += 1;
    funnel.steps[step].totalMs += Date.parse(at) - Date.parse(before);
    before = at;
  }
}

async function funnels(store: ReadModelStore, selection: ReportSelection): Promise<readonly PlacedItem<FunnelItem>[]> {
  const sums = new SumsByKey(emptyFunnel);
  for await (const { cart, order } of cartsWithOrders(store, selection)) {
    count(sums.of(keyIn(selection, cart), cart.currency), cart, order);
  }
  return sums.items(({ key, currency, value: { opened, steps } }) => ({
    key,
    currency,
    opened,
    withItems: steps.withItems.count,
    checkedOut: steps.checkedOut.count,
    paid: steps.paid.count,
    shipped: steps.shipped.count,
    delivered: steps.delivered.count,
    times: steps,
  }));
}

const reporting: Reporting<FunnelItem> = { report: 'funnel', model: cartJourneysReadModel.name, items: funnels };

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
