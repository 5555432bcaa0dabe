import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Operation, Roles } from '../../infra/http/index.js';
import type { Page } from '../../infra/http/index.js';
import { Answers, ListParams, pageOf, Reads } from '../shared/index.js';
import { EventType, EventTypeRow } from './event-type.js';
import { GetEventType } from './get-event-type.query.js';
import { ListEventTypes } from './list-event-types.query.js';

const EventTypePage = pageOf(EventTypeRow, 'EventTypePage');

@ApiTags('events')
@Controller('v1/events/types')
export class EventTypesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Roles('analyst', 'admin')
  @Reads({ from: 'log' })
  @Operation({
    id: 'events.listTypes',
    summary: 'List the types of events',
    description:
      'Lists by name what kinds of events the log has, with how many of each there are. The first question to a process takes ' +
      'as long as it takes to look through the log; then only what is new is counted.',
  })
  @Answers(EventTypePage, 'A page of types.')
  list(@Query() request: ListParams): Promise<Page<EventTypeRow>> {
    return this.queries.execute(new ListEventTypes(request));
  }

  @Get(':type')
  @Roles('analyst', 'admin')
  @Reads({ from: 'log' })
  @Operation({
    id: 'events.getType',
    summary: 'Read about a type of events',
    description:
      'Shows the JSON Schema of the data that events of this type have in the feed, an example, and which parts of the engine ' +
      'record and take them. It is of the code that runs, also where the log has no such event yet.',
    codes: ['EVENT_TYPE.NOT_FOUND'],
  })
  @Answers(EventType, 'The type.')
  type(@Param('type') type: string): Promise<EventType> {
    return this.queries.execute(new GetEventType(type));
  }
}
