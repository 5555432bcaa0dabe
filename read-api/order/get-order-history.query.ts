import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE, showingPositions } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { queryName, readKeyset, withoutSecrets } from '../shared/index.js';
import type { ListParams } from '../shared/index.js';
import type { HistoryEntry } from './history-entry.js';
import { titleOf } from './event-titles.js';
import { OrderEventsReader } from './order-events.js';

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
    private readonly reader: OrderEventsReader,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
  ) {}

  /**
   * A page begins after the last position of the one before, so that later events never move what was shown.
   * @throws ProblemError ORDER.NOT_FOUND, READ_MODEL.PARKED, READ_MODEL.BEHIND
   */
  async execute({ orderId, page }: GetOrderHistory): Promise<Page<HistoryEntry>> {
    const name = queryName('history', { orderId });
    const [after = ''] = readKeyset(page.cursor, name, 1) ?? [];
    const { events } = await this.reader.read(orderId);
    const left = events.filter(({ position }) => position > after);
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
