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
const DEBOUNCE_MS = 10;

/**
 * A store whose subscriptions hand over each page after a pause: what is appended meanwhile comes as one page. For a follower
 * that should not compete with others on its thread.
 */
class DebouncedSubscription extends EventStoreDecorator {
  static around(store: EventStore): EventStore {
    return new DebouncedSubscription(store);
  }

  override subscribe(options: SubscribeOptions, handler: SubscriptionHandler): Subscription {
    return super.subscribe(options, {
      onEvents: async (events, upTo) => {
        await delay(DEBOUNCE_MS);
        await handler.onEvents(events, upTo);
      },
      onCaughtUp: () => handler.onCaughtUp?.(),
      onError: (error) => handler.onError(error),
    });
  }

  protected override changes(): boolean {
    return false;
  }

  protected override onRead(event: RecordedEvent): RecordedEvent {
    return event;
  }
}

export const debouncedSubscription = (store: EventStore): EventStore => DebouncedSubscription.around(store);
