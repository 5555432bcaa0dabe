import { Inject, Injectable } from '@nestjs/common';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { hiddenOrder } from '../../infra/http/index.js';
import { ordersReadModel, staffOrderView } from '../../projections/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { ExplainsResource, foldEvent, happenedBy, nothingThen, NOW } from '../shared/index.js';
import type { DocumentLife, Explainable, ExplainedResource } from '../shared/index.js';
import { inLogOrder, readOrderStreams } from './order-streams.js';

/** Tells how an order came about, as staff sees it. */
@Injectable()
@ExplainsResource(['orders/{id}'])
export class OrderExplained implements Explainable {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError ORDER.NOT_FOUND; 400 for a revision that is not there */
  async life({ path: { id = '' }, asOf = NOW, shown }: ExplainedResource): Promise<DocumentLife> {
    const head = await this.log.head();
    const streams = await readOrderStreams(this.log, id);
    if (streams === null) throw hiddenOrder();
    const { order, payment, cards, shipments } = streams;
    const happened = happenedBy(asOf, { own: order, head });
    let doc: OrderDocument | null = null;
    return {
      explains: ordersReadModel.explains ?? { fields: {} },
      events: inLogOrder([...order, ...payment, ...cards, ...shipments].filter(happened)).map(shown),
      after: (event) => {
        doc = foldEvent<OrderDocument>(ordersReadModel, { id, doc }, event);
        return doc === null ? null : staffOrderView(doc);
      },
      nothing: () => nothingThen(this.log, streamOf('order', id), { code: 'ORDER.NOT_FOUND', what: 'order' }),
    };
  }
}
