import { EventTypeCounts } from './event-type-counts.js';
import { EventTypesController } from './event-types.controller.js';
import { EventViews } from './event-view.js';
import { EventsController } from './events.controller.js';
import { GetEventTypeHandler } from './get-event-type.query.js';
import { ListEventTypesHandler } from './list-event-types.query.js';

export const eventReads = {
  controllers: [EventTypesController, EventsController],
  handlers: [EventViews, EventTypeCounts, ListEventTypesHandler, GetEventTypeHandler],
};

export { EventViews };
export { EVENT_TYPE_DOCUMENTS } from './event-type-documents.js';
export type { EventTypeDocuments, LoadEventTypeDocuments } from './event-type-documents.js';
