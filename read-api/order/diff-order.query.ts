import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { streamOf } from '../../domain/shared/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { hiddenOrder, invalid } from '../../infra/http/index.js';
import { happenedBy, nothingThen } from '../shared/index.js';
import type { AsOf } from '../shared/index.js';
import { OrderChanges, type OrderDiff } from './order-diff.js';
import { inLogOrder, readOrderStreams } from './order-streams.js';

export class DiffOrder extends Query<OrderDiff> {
  constructor(
    readonly orderId: string,
    readonly moments: { readonly from: AsOf; readonly to: AsOf },
  ) {
    super();
  }
}

@QueryHandler(DiffOrder)
export class DiffOrderHandler implements IQueryHandler<DiffOrder> {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError ORDER.NOT_FOUND, at a time before it was opened saying so; 400 naming the moment */
  async execute({ orderId, moments }: DiffOrder): Promise<OrderDiff> {
    const head = await this.log.head();
    const streams = await readOrderStreams(this.log, orderId);
    if (streams === null) throw hiddenOrder();
    const { order, payment, cards, shipments } = streams;
    const byFrom = happenedBy(moments.from, { own: order, head, field: 'from' });
    const byTo = happenedBy(moments.to, { own: order, head, field: 'to' });
    const events = inLogOrder([...order, ...payment, ...cards, ...shipments]);
    if (events.some((event) => byFrom(event) && !byTo(event))) throw invalid('from', 'must not be after `to`');
    const changes = new OrderChanges(orderId);
    for (const event of events.filter(byFrom)) changes.fold(event);
    changes.start();
    if (!changes.hasStarted)
      throw await nothingThen(this.log, streamOf('order', orderId), { code: 'ORDER.NOT_FOUND', what: 'order' });
    for (const event of events.filter((each) => !byFrom(each) && byTo(each))) changes.fold(event);
    return { changes: changes.all() };
  }
}
