import { EventViews } from './event-views.js';
import { EventsController } from './events.controller.js';

export const eventReads = { controllers: [EventsController], handlers: [EventViews] };
