import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../infra/http/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import { stockOutsReadModel } from '../../projections/inventory/index.js';
import type { StockOutDocument } from '../../projections/inventory/index.js';
import { isPeriod, isWithin } from '../shared/index.js';
import type { PlacedItem, ReportSelection } from '../shared/index.js';
import { documentsIn } from './documents-in.js';
import { DayTimes, outagesIn, type Outage } from './outages.js';
import type { StockOutsItem } from './report-items.js';
import { keyIn, Reports, SumsByKey, type AskedReport, type Reporting } from './reports.js';

interface Out {
  times: number;
  ms: number;
  /** Milliseconds since 1970. */
  since: number | null;
  readonly asked: { orders: number; units: number };
}

async function stockOuts(
  store: ReadModelStore,
  selection: ReportSelection,
): Promise<readonly PlacedItem<StockOutsItem>[]> {
  const sums = new SumsByKey((): Out => ({ times: 0, ms: 0, since: null, asked: { orders: 0, units: 0 } }));
  const counter = new Counter(selection, sums);
  const { name: collection } = stockOutsReadModel;
  const scan = { collection, index: 'by-sku', range: undefined, keyOf: ({ sku }: StockOutDocument) => [sku] };
  for await (const { doc } of documentsIn<StockOutDocument>(store, scan)) counter.count(doc);
  return sums.items(({ key, value: { times, ms, since, asked } }) => ({
    key,
    times,
    secondsOut: Math.floor(ms / 1000),
    outSince: since === null ? null : new Date(since).toISOString(),
    asked,
  }));
}

/** Stock is of no currency and no channel: they narrow what was asked for. */
class Counter {
  readonly #times: DayTimes;
  readonly #now = Date.now();

  constructor(
    private readonly selection: ReportSelection,
    private readonly sums: SumsByKey<Out>,
  ) {
    this.#times = new DayTimes(selection.days);
  }

  count(doc: StockOutDocument): void {
    for (const outage of outagesIn(doc, this.selection.span, this.#now)) this.#countOutage(doc.sku, outage);
    this.#countAsked(doc);
  }

  #countOutage(sku: string, outage: Outage): void {
    const { by } = this.selection;
    const { since, from, to, isOpen, isNew } = outage;
    const parts = isPeriod(by) ? this.#times.parts(by, outage) : [{ key: sku, from, to }];
    for (const part of parts) this.#sum(part.key).ms += part.to - part.from;
    if (isPeriod(by) && !isNew) return;
    const sum = this.#sum(isPeriod(by) ? this.#times.keyOf(by, since) : sku);
    if (isNew) sum.times += 1;
    if (isOpen) sum.since = Math.min(sum.since ?? since, since);
  }

  #countAsked({ sku, asked }: StockOutDocument): void {
    const { span, currency, channel } = this.selection;
    for (const one of asked) {
      const isOther = (currency ?? one.currency) !== one.currency || (channel ?? one.channel) !== one.channel;
      if (isOther || !isWithin(span, one.at)) continue;
      const sum = this.#sum(keyIn(this.selection, one, sku));
      sum.asked.orders += one.orders;
      sum.asked.units += one.units;
    }
  }

  #sum(key: string): Out {
    return this.sums.of(key, '');
  }
}

const reporting: Reporting<StockOutsItem> = { report: 'stock-outs', model: stockOutsReadModel.name, items: stockOuts };

/** How long SKUs could not be sold, and what was asked for meanwhile. */
export class ReportStockOuts extends Query<Page<StockOutsItem>> {
  constructor(readonly asked: AskedReport) {
    super();
  }
}

@QueryHandler(ReportStockOuts)
export class ReportStockOutsHandler implements IQueryHandler<ReportStockOuts> {
  constructor(private readonly reports: Reports) {}

  /** @throws ProblemError 400 naming the field, READ_MODEL.PARKED */
  execute({ asked }: ReportStockOuts): Promise<Page<StockOutsItem>> {
    return this.reports.page(reporting, asked);
  }
}
