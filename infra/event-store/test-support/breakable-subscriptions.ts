import type { EventStore, SubscribeOptions, Subscription, SubscriptionHandler } from '../event-store.js';

interface Followed {
  readonly subscription: Subscription;
  readonly handler: SubscriptionHandler;
}

/** Subscriptions to a store that a spec can break off, as a store that fails while it is read does. */
export class BreakableSubscriptions {
  readonly #followed = new Set<Followed>();

  /** The store with its subscriptions in our hand; only those without a filter are ever broken off. */
  of(store: EventStore): EventStore {
    const subscribe = (options: SubscribeOptions, handler: SubscriptionHandler): Subscription => {
      const subscription = store.subscribe(options, handler);
      if (options.filter === undefined) this.#followed.add({ subscription, handler });
      return subscription;
    };
    return new Proxy(store, {
      get: (target, name) => {
        if (name === 'subscribe') return subscribe;
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  }

  /** Ends all that are under way with an error. */
  async breakOff(): Promise<void> {
    const broken = [...this.#followed];
    this.#followed.clear();
    for (const { subscription, handler } of broken) {
      await subscription.close();
      handler.onError(new Error('the store failed while it was read'));
    }
  }

  /** How many are under way. */
  get count(): number {
    return this.#followed.size;
  }
}
