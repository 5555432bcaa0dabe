import { Inject, Injectable } from '@nestjs/common';
import { streamOf } from '../../domain/shared/index.js';
import { keysOf } from '../../infra/engine/projections/read-model.js';
import type { AnyReadModel } from '../../infra/engine/projections/read-model.js';
import { SEALED_EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { stockOutsReadModel } from '../../projections/inventory/index.js';
import type { StockOutDocument } from '../../projections/inventory/index.js';
import { ExplainsResource, explainsItem, foldEvent, isPeriod, shownEvents } from '../shared/index.js';
import type { DocumentLife, Explainable, ExplainedResource, ReportSelection } from '../shared/index.js';
import { noItem, selectionOfItem, timeOf } from './explained-item.js';
import { StockOutsItem } from './report-items.js';
import { noOuts, OutCounter, outItem, type Out } from './report-stock-outs.query.js';

const MODEL: AnyReadModel = stockOutsReadModel;
const REJECTED = 'order.rejected.v1';

/** Tells how an item of the report of stock-outs came about. It has no currency: one that is named narrows what was asked for. */
@Injectable()
@ExplainsResource(['reports/stock-outs/{by}/{key}', 'reports/stock-outs/{by}/{key}/{currency}'])
export class StockOutsExplained implements Explainable {
  constructor(@Inject(SEALED_EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError REPORT.ITEM_NOT_FOUND; 400 for a revision, which a report has none of */
  async life({ path, asOf, shown, report: scope }: ExplainedResource): Promise<DocumentLife> {
    const { by = '', key = '', currency = '' } = path;
    if (by !== 'sku' && !isPeriod(by)) throw noItem();
    const time = timeOf(asOf);
    const item = { by, key, currency: /^[A-Z]{3}$/.test(currency) ? currency : undefined };
    const selection = await selectionOfItem(item, scope);
    const events = await this.#events(by === 'sku' ? key : undefined, time);
    const now = time === undefined ? Date.now() : Date.parse(time);
    const counted = new Outages(selection, { key, now, events });
    return {
      explains: explainsItem(StockOutsItem),
      events: shownEvents(events, shown),
      after: (event) => counted.after(event),
      nothing: () => Promise.resolve(noItem()),
    };
  }

  /** Those that change when something was out, or was asked for meanwhile; of one SKU, or of all. */
  async #events(sku: string | undefined, time: string | undefined): Promise<readonly RecordedEvent[]> {
    const found: RecordedEvent[] = [];
    const take = async (events: AsyncIterable<RecordedEvent>) => {
      for await (const event of events) {
        if (time !== undefined && event.at > time) return;
        const keys = skusOf(event);
        if (sku === undefined ? keys.length > 0 : keys.includes(sku)) found.push(event);
      }
    };
    if (sku !== undefined) await take(this.log.read(streamOf('inventory', sku)));
    await take(this.log.readAll({ filter: { types: sku === undefined ? Object.keys(MODEL.on) : [REJECTED] } }));
    return found.sort((one, other) => (one.position < other.position ? -1 : 1));
  }
}

function skusOf(event: RecordedEvent): readonly string[] {
  const fold = MODEL.on[event.type];
  return fold === undefined ? [] : [keysOf(fold, event)].flat();
}

interface Counted {
  readonly key: string;
  readonly now: number;
  readonly events: readonly RecordedEvent[];
}

/**
 * Adds up outages event by event: one that has ended counts with its end, and one that goes on with its beginning, so that each counts
 * once. Of each SKU what it counts by itself is kept, as an event changes one.
 */
class Outages {
  readonly #documents = new Map<string, StockOutDocument>();
  readonly #outs = new Map<string, Out>();
  readonly #goOn: ReadonlyMap<string, StockOutDocument>;
  readonly #counter: OutCounter;

  constructor(
    selection: ReportSelection,
    private readonly counted: Counted,
  ) {
    this.#counter = new OutCounter(selection, counted.now);
    const last = new Map<string, StockOutDocument>();
    for (const event of counted.events) for (const sku of skusOf(event)) fold(last, sku, event);
    this.#goOn = last;
  }

  after(event: RecordedEvent): StockOutsItem | null {
    for (const sku of skusOf(event)) this.#look(sku, fold(this.#documents, sku, event));
    const outs = [...this.#outs.values()];
    if (outs.length === 0) return null;
    const sum = (of: (out: Out) => number) => outs.reduce((total, out) => total + of(out), 0);
    const since = outs.flatMap((out) => out.since ?? []).toSorted((one, other) => one - other);
    return outItem(this.counted.key, {
      times: sum(({ times }) => times),
      ms: sum(({ ms }) => ms),
      since: since[0] ?? null,
      asked: { orders: sum(({ asked }) => asked.orders), units: sum(({ asked }) => asked.units) },
    });
  }

  #look(sku: string, doc: StockOutDocument | undefined): void {
    if (doc === undefined) return;
    const goesOn = doc.outSince === this.#goOn.get(sku)?.outSince;
    const outs = noOuts();
    this.#counter.count(goesOn ? doc : { ...doc, outSince: null }, outs);
    for (const { key, item } of outs.items(({ value }) => value))
      if (key === this.counted.key) this.#outs.set(sku, item);
  }
}

function fold(
  documents: Map<string, StockOutDocument>,
  sku: string,
  event: RecordedEvent,
): StockOutDocument | undefined {
  const doc = foldEvent<StockOutDocument>(MODEL, { id: sku, doc: documents.get(sku) ?? null }, event);
  if (doc !== null) documents.set(sku, doc);
  return doc ?? undefined;
}
