import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE, showingPositions } from '../../infra/event-store/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { latest } from '../../infra/shared/position.js';
import type { Position } from '../../infra/shared/position.js';
import { queryName, readKeyset, withoutSecrets } from '../shared/index.js';
import type { HistoryEntry } from './history-entry.js';
import { titleOf } from './event-titles.js';
import { actorNameOf, namesIn, summaryOf } from './event-summaries.js';
import { isNote } from './document-changes.js';
import { HistoryChanges } from './history-changes.js';
import { OrderEventsReader } from './order-events.js';
import type { OrderEvents } from './sealed-order-events.js';
import type { OrderHistoryParams } from './order.params.js';

export class GetOrderHistory extends Query<Page<HistoryEntry>> {
  constructor(
    readonly orderId: string,
    readonly page: OrderHistoryParams,
  ) {
    super();
  }
}

@QueryHandler(GetOrderHistory)
export class GetOrderHistoryHandler implements IQueryHandler<GetOrderHistory> {
  constructor(
    private readonly reader: OrderEventsReader,
    private readonly changes: HistoryChanges,
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
  ) {}

  /**
   * A page begins after the last position of the one before, so that later events never move what was shown.
   * @throws ProblemError ORDER.NOT_FOUND, READ_MODEL.PARKED, READ_MODEL.BEHIND
   */
  async execute({ orderId, page: { cursor, limit, stream } }: GetOrderHistory): Promise<Page<HistoryEntry>> {
    const name = queryName('history', { orderId, stream });
    const [after = ''] = readKeyset(cursor, name, 1) ?? [];
    const sealed = await this.reader.readSealed(orderId);
    const left = sealed.events.filter(
      (event) => event.position > after && (stream === undefined || event.stream === stream),
    );
    const page = new Set(left.slice(0, limit).map(({ position }) => position));
    const history = await this.#opened(sealed, page);
    const shown = history.events.filter(({ position }) => page.has(position));
    const changes = await this.changes.of(history, page);
    const names = namesIn(history);
    const last = left.length > shown.length ? shown.at(-1) : undefined;
    const showing = showingPositions(this.log.logId);
    return {
      items: shown.map((event) => {
        const actorName = actorNameOf(event.metadata.actor, history);
        return {
          ...entryOf(showing(event)),
          ...(actorName === undefined ? {} : { actorName }),
          summary: summaryOf(event, names),
          changes: changes.get(event.position) ?? [],
        };
      }),
      nextCursor: last === undefined ? null : writeCursor(name, [last.position]),
    };
  }

  /** Opens what the page shows, and what documents are folded from up to its end: all but the notes before it. */
  async #opened(sealed: OrderEvents, page: ReadonlySet<Position>): Promise<OrderEvents> {
    const end = latest([...page]) ?? '';
    return this.reader.open(sealed, (event) => page.has(event.position) || (event.position <= end && !isNote(event)));
  }
}

function entryOf(event: RecordedEvent): Omit<HistoryEntry, 'summary' | 'changes'> {
  const { id, at, type, stream, revision, position, metadata } = event;
  const { actor, commandId, correlationId, causationId } = metadata;
  const data = withoutSecrets(event);
  const what = { eventId: id, at, type, title: titleOf({ type, data }) };
  return { ...what, actor, stream, revision, position, commandId, correlationId, causationId, data };
}
