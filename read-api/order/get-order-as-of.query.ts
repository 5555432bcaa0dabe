import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { streamOf } from '../../domain/shared/index.js';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { hiddenOrder, isStaff, mayTouchOrder } from '../../infra/http/index.js';
import type { OrderCredential } from '../../infra/http/index.js';
import { buyersOrderView, ordersReadModel, staffOrderView } from '../../projections/order/index.js';
import type { OrderView } from '../../domain/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { foldPast, happenedBy, nothingThen } from '../shared/index.js';
import type { AsOf } from '../shared/index.js';
import { inLogOrder, readOrderStreams } from './order-streams.js';

export class GetOrderAsOf extends Query<OrderView> {
  constructor(
    readonly orderId: string,
    readonly credential: OrderCredential,
    readonly asOf: AsOf,
  ) {
    super();
  }
}

@QueryHandler(GetOrderAsOf)
export class GetOrderAsOfHandler implements IQueryHandler<GetOrderAsOf> {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    @Inject(CONFIG) private readonly config: Pick<Config, 'serverSecret'>,
  ) {}

  /**
   * Checks the credential before the time, so that one that does not open the order learns nothing of it.
   * @throws ProblemError ORDER.NOT_FOUND, before it was opened saying so; 400 for a revision that is not there
   */
  async execute({ orderId, credential, asOf }: GetOrderAsOf): Promise<OrderView> {
    const head = await this.log.head();
    const streams = await readOrderStreams(this.log, orderId);
    if (streams === null) throw hiddenOrder();
    const { customerId } = streams.opened;
    if (!mayTouchOrder(credential, { orderId, customerId }, this.config.serverSecret)) throw hiddenOrder();
    const happened = happenedBy(asOf, { own: streams.order, head });
    const events = [...streams.order, ...streams.payment, ...streams.cards, ...streams.shipments].filter(happened);
    const order = await foldPast<OrderDocument>(ordersReadModel, orderId, inLogOrder(events));
    if (order === null)
      throw await nothingThen(this.log, streamOf('order', orderId), { code: 'ORDER.NOT_FOUND', what: 'order' });
    return isStaff(credential) ? staffOrderView(order) : buyersOrderView(order);
  }
}
