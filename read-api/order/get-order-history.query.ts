import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE, showingPositions } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { hiddenOrder, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { PROJECTION_PROGRESS } from '../../infra/engine/projections/progress.js';
import type { ProjectionProgress } from '../../infra/engine/projections/progress.js';
import { mayExist, queryName, readKeyset, withoutSecrets } from '../shared/index.js';
import type { ListParams } from '../shared/index.js';
import type { HistoryEntry } from './history-entry.js';
import { titleOf } from './event-titles.js';
import { cartUntilCheckout, inLogOrder, readOrderStreams, StockEventsOfOrder } from './order-streams.js';

export class GetOrderHistory extends Query<Page<HistoryEntry>> {
  constructor(
    readonly orderId: string,
    readonly page: ListParams,
  ) {
    super();
  }
}

@QueryHandler(GetOrderHistory)
export class GetOrderHistoryHandler implements IQueryHandler<GetOrderHistory> {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    private readonly stock: StockEventsOfOrder,
  ) {}

  /**
   * Reads all events of the order up to the position of the index of stock events: a prefix of the log without gaps. A page
   * begins after the last position of the one before, so that later events never move what was shown.
   * @throws ProblemError ORDER.NOT_FOUND, READ_MODEL.PARKED, READ_MODEL.BEHIND
   */
  async execute({ orderId, page }: GetOrderHistory): Promise<Page<HistoryEntry>> {
    const name = queryName('history', { orderId });
    const [after = ''] = readKeyset(page.cursor, name, 1) ?? [];
    // The position of the index is read first: the streams, read after it, have at least all events up to there.
    const indexed = (await this.progress.look('order-history'))?.position ?? null;
    const streams = await readOrderStreams(this.log, orderId);
    const opening = streams?.order[0];
    if (streams === null || opening === undefined) throw hiddenOrder();
    if (indexed === null || opening.position > indexed) throw mayExist('order-history');
    const stock = await this.stock.read(orderId);
    const events = [
      ...(await cartUntilCheckout(this.log, streams.opened.cartId, orderId)),
      ...streams.order,
      ...streams.payment,
      ...streams.cards,
      ...streams.shipments,
      ...stock,
    ];
    const left = inLogOrder(events.filter(({ position }) => position > after && position <= indexed));
    const shown = left.slice(0, page.limit);
    const last = left.length > shown.length ? shown.at(-1) : undefined;
    return {
      items: shown.map(showingPositions(this.log.logId)).map(entryOf),
      nextCursor: last === undefined ? null : writeCursor(name, [last.position]),
    };
  }
}

function entryOf(event: RecordedEvent): HistoryEntry {
  const { id, at, type, stream, revision, position, metadata } = event;
  const { actor, commandId, correlationId, causationId } = metadata;
  const data = withoutSecrets(event);
  const what = { eventId: id, at, type, title: titleOf({ type, data }) };
  return { ...what, actor, stream, revision, position, commandId, correlationId, causationId, data };
}
