import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDecorator } from '../../infra/event-store/event-store-decorator.js';
import type {
  EventStore,
  RecordedEvent,
  SubscribeOptions,
  Subscription,
  SubscriptionHandler,
} from '../../infra/event-store/index.js';

/** Long enough for a burst to become one commit, short enough for a search that waits for its own write. */
const PAUSE_MS = 10;

/**
 * The log for a follower that should not compete with others on its thread: it takes each page after a pause, and what has
 * come meanwhile with the next one.
 */
class UnhurriedEvents extends EventStoreDecorator {
  static around(store: EventStore): EventStore {
    return new UnhurriedEvents(store);
  }

  override subscribe(options: SubscribeOptions, handler: SubscriptionHandler): Subscription {
    return super.subscribe(options, {
      onEvents: async (events, upTo) => {
        await delay(PAUSE_MS);
        await handler.onEvents(events, upTo);
      },
      onCaughtUp: () => handler.onCaughtUp?.(),
      onError: (error) => handler.onError(error),
    });
  }

  protected override onRead(event: RecordedEvent): RecordedEvent {
    return event;
  }
}

export const unhurriedEvents = (store: EventStore): EventStore => UnhurriedEvents.around(store);
