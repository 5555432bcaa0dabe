import { Inject } from '@nestjs/common';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { IQueryHandler } from '@nestjs/cqrs';
import { problem } from '../../infra/http/index.js';
import { EVENT_TYPE_DOCUMENTS, eventTypeOf } from './event-type-documents.js';
import type { LoadEventTypeDocuments } from './event-type-documents.js';
import type { EventType } from './event-type.js';

export class GetEventType extends Query<EventType> {
  constructor(readonly type: string) {
    super();
  }
}

@QueryHandler(GetEventType)
export class GetEventTypeHandler implements IQueryHandler<GetEventType> {
  constructor(@Inject(EVENT_TYPE_DOCUMENTS) private readonly documents: LoadEventTypeDocuments) {}

  /** @throws ProblemError EVENT_TYPE.NOT_FOUND */
  async execute({ type }: GetEventType): Promise<EventType> {
    const found = eventTypeOf(type, await this.documents());
    if (found === null) throw problem('EVENT_TYPE.NOT_FOUND', 'There is no such type of events.');
    return found;
  }
}
