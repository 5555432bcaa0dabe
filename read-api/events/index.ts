import { EventViews } from './event-view.js';
import { EventsController } from './events.controller.js';

export const eventReads = { controllers: [EventsController], handlers: [EventViews] };

export { EventViews };
