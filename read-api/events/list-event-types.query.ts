import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE } from '../../infra/event-store/index.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { writeCursor } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { inLog, ReadConsistency, readKeyset } from '../shared/index.js';
import type { ListParams } from '../shared/index.js';
import { EventTypeCounts } from './event-type-counts.js';
import type { EventTypeRow } from './event-type.js';

/** A page of the types that the log has events of, by name. */
export class ListEventTypes extends Query<Page<EventTypeRow>> {
  constructor(readonly request: ListParams) {
    super();
  }
}

@QueryHandler(ListEventTypes)
export class ListEventTypesHandler implements IQueryHandler<ListEventTypes> {
  constructor(
    @Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'logId'>,
    private readonly consistency: ReadConsistency,
    private readonly types: EventTypeCounts,
  ) {}

  /** @throws ProblemError 400 naming `cursor` */
  async execute({ request: { limit, cursor } }: ListEventTypes): Promise<Page<EventTypeRow>> {
    const name = inLog('event-types', this.log);
    const [after = ''] = readKeyset(cursor, name, 1) ?? [];
    const counts = await this.types.upTo(await this.consistency.logEnd());
    const following = counts.filter(({ type }) => type > after).toSorted((a, b) => (a.type < b.type ? -1 : 1));
    const items = following.slice(0, limit);
    const last = items.at(-1);
    const isWhole = following.length <= limit || last === undefined;
    return { items, nextCursor: isWhole ? null : writeCursor(name, [last.type]) };
  }
}
