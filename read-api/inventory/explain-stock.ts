import { Inject, Injectable } from '@nestjs/common';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { noStock, stockReadModel } from '../../projections/inventory/index.js';
import type { StockDocument } from '../../projections/inventory/index.js';
import { ExplainsResource, foldEvent, nothingThen, readAsOf, shownEvents } from '../shared/index.js';
import type { AsOf, DocumentLife, Explainable, ExplainedResource } from '../shared/index.js';

/** Tells how the stock of a SKU came about. */
@Injectable()
@ExplainsResource(['inventory/{sku}'])
export class StockExplained implements Explainable {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  life({ path: { sku = '' }, asOf, shown }: ExplainedResource): Promise<DocumentLife> {
    let doc: StockDocument | null = null;
    return Promise.resolve({
      explains: stockReadModel.explains ?? { fields: {} },
      events: shownEvents(this.#events(sku, asOf), shown),
      after: (event) => {
        doc = foldEvent<StockDocument>(stockReadModel, { id: sku, doc }, event);
        const { version: _version, ...stock } = doc ?? noStock(sku);
        return stock;
      },
      nothing: () => nothingThen(this.log, streamOf('variant', sku), { code: 'PRODUCT.UNKNOWN_SKU', what: 'product' }),
    });
  }

  /** Where nothing was received, the zeros come of the product being there. */
  async *#events(sku: string, asOf: AsOf | undefined): AsyncGenerator<RecordedEvent> {
    const stream = streamOf('inventory', sku);
    let isEmpty = true;
    for await (const event of asOf === undefined ? this.log.read(stream) : readAsOf(this.log, stream, asOf)) {
      isEmpty = false;
      yield event;
    }
    if (!isEmpty || (asOf !== undefined && 'revision' in asOf)) return;
    for await (const event of this.log.read(streamOf('variant', sku), { limit: 1 })) {
      if (asOf === undefined || event.at <= asOf.time) yield event;
    }
  }
}
