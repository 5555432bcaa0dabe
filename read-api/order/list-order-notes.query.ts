import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { noteOf, type OrderEvent, type OrderNote } from '../../domain/order/index.js';
import { streamOf } from '../../domain/shared/index.js';
import { asEvent, EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { hiddenOrder, writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { queryName, readKeyset } from '../shared/index.js';
import type { ListParams } from '../shared/index.js';

/** The notes of an order, the oldest first. */
export class ListOrderNotes extends Query<Page<OrderNote>> {
  constructor(
    readonly orderId: string,
    readonly page: ListParams,
  ) {
    super();
  }
}

@QueryHandler(ListOrderNotes)
export class ListOrderNotesHandler implements IQueryHandler<ListOrderNotes> {
  constructor(@Inject(EVENT_STORE) private readonly log: EventStore) {}

  /** @throws ProblemError ORDER.NOT_FOUND */
  async execute({ orderId, page: { cursor, limit } }: ListOrderNotes): Promise<Page<OrderNote>> {
    const name = queryName('notes', { orderId });
    const [last = ''] = readKeyset(cursor, name, 1) ?? [];
    const notes: OrderNote[] = [];
    let isThere = false;
    for await (const event of this.log.read(streamOf('order', orderId))) {
      isThere = true;
      notes.push(...noteOf(asEvent<OrderEvent>(event), event.metadata.actor));
    }
    if (!isThere) throw hiddenOrder();
    const from = notes.findIndex(({ noteId }) => noteId === last) + 1;
    const items = notes.slice(from, from + limit);
    const next = from + limit < notes.length ? items.at(-1) : undefined;
    return { items, nextCursor: next === undefined ? null : writeCursor(name, [next.noteId]) };
  }
}
