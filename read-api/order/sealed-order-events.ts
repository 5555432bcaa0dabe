import { Inject, Injectable } from '@nestjs/common';
import type { OrderOpened } from '../../domain/order/index.js';
import { PROJECTION_PROGRESS } from '../../infra/engine/projections/progress.js';
import type { ProjectionProgress } from '../../infra/engine/projections/progress.js';
import { SEALED_EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { hiddenOrder } from '../../infra/http/index.js';
import { mayExist } from '../shared/index.js';
import { cartUntilCheckout, inLogOrder, readOrderStreams, StockEventsOfOrder } from './order-streams.js';

/** Everything that touched an order. */
export interface OrderEvents {
  readonly opened: OrderOpened['data'];
  /** In the order of the log: a prefix of what there is, without gaps. */
  readonly events: readonly RecordedEvent[];
}

/**
 * Reads all events of an order, in its cart up to the checkout, the order itself, payment, gift cards, shipments and stock. What is
 * personal stays sealed: to open it takes ten times as long as to read it, and an order may have thousands of notes.
 */
@Injectable()
export class SealedOrderEvents {
  constructor(
    @Inject(SEALED_EVENT_STORE) private readonly log: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    private readonly stock: StockEventsOfOrder,
  ) {}

  /**
   * Reads up to the position of the index of stock events.
   * @throws ProblemError ORDER.NOT_FOUND, READ_MODEL.PARKED, READ_MODEL.BEHIND
   */
  async read(orderId: string): Promise<OrderEvents> {
    // The position of the index is read first: the streams, read after it, have at least all events up to there.
    const indexed = (await this.progress.look('order-history'))?.position ?? null;
    const streams = await readOrderStreams(this.log, orderId);
    const opening = streams?.order[0];
    if (streams === null || opening === undefined) throw hiddenOrder();
    if (indexed === null || opening.position > indexed) throw mayExist('order-history');
    const stock = await this.stock.read(orderId);
    const { opened, order, payment, cards, shipments } = streams;
    const cart = await cartUntilCheckout(this.log, opened.cartId, orderId);
    const all = [...cart, ...order, ...payment, ...cards, ...shipments, ...stock];
    return { opened, events: inLogOrder(all.filter(({ position }) => position <= indexed)) };
  }
}
