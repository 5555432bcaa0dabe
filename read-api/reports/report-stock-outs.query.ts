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

/** What is counted of outages. */
export interface Out {
  times: number;
  ms: number;
  /** Milliseconds since 1970. */
  since: number | null;
  readonly asked: { orders: number; units: number };
}

/** Outages by the key of the report. */
export type Outs = SumsByKey<Out>;

export const noOuts = (): Outs =>
  new SumsByKey((): Out => ({ times: 0, ms: 0, since: null, asked: { orders: 0, units: 0 } }));

export const outItem = (key: string, { times, ms, since, asked }: Out): StockOutsItem => ({
  key,
  times,
  secondsOut: Math.floor(ms / 1000),
  outSince: since === null ? null : new Date(since).toISOString(),
  asked,
});

async function stockOuts(
  store: ReadModelStore,
  selection: ReportSelection,
): Promise<readonly PlacedItem<StockOutsItem>[]> {
  const outs = noOuts();
  const counter = new OutCounter(selection, Date.now());
  const { name: collection } = stockOutsReadModel;
  const scan = { collection, index: 'by-sku', range: undefined, keyOf: ({ sku }: StockOutDocument) => [sku] };
  for await (const { doc } of documentsIn<StockOutDocument>(store, scan)) counter.count(doc, outs);
  return outs.items(({ key, value }) => outItem(key, value));
}

/** Stock is of no currency and no channel: they narrow what was asked for. */
export class OutCounter {
  readonly #times: DayTimes;

  constructor(
    private readonly selection: ReportSelection,
    /** What goes on is counted up to then; milliseconds since 1970. */
    private readonly now: number,
  ) {
    this.#times = new DayTimes(selection.days);
  }

  count(doc: StockOutDocument, outs: Outs): void {
    for (const outage of outagesIn(doc, this.selection.span, this.now)) {
      this.#countOutage(outage, (key = doc.sku) => outs.of(key, ''));
    }
    this.#countAsked(doc, outs);
  }

  #countOutage(outage: Outage, outOf: (key?: string) => Out): void {
    const { by } = this.selection;
    const { since, from, to, isOpen, isNew } = outage;
    const parts = isPeriod(by) ? this.#times.parts(by, outage) : [{ key: undefined, from, to }];
    for (const part of parts) outOf(part.key).ms += part.to - part.from;
    if (isPeriod(by) && !isNew) return;
    const sum = outOf(isPeriod(by) ? this.#times.keyOf(by, since) : undefined);
    if (isNew) sum.times += 1;
    if (isOpen) sum.since = Math.min(sum.since ?? since, since);
  }

  #countAsked({ sku, asked }: StockOutDocument, outs: Outs): void {
    const { span, currency, channel } = this.selection;
    for (const one of asked) {
      const isOther = (currency ?? one.currency) !== one.currency || (channel ?? one.channel) !== one.channel;
      if (isOther || !isWithin(span, one.at)) continue;
      const sum = outs.of(keyIn(this.selection, one, sku), '');
      sum.asked.orders += one.orders;
      sum.asked.units += one.units;
    }
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
