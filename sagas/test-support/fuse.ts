import type { Carrier } from '../../infra/carrier/index.js';
import type { EventStore, Subscription, SubscriptionHandler } from '../../infra/event-store/index.js';
import { aroundCalls, type PaymentProvider } from '../../infra/payment-provider/index.js';
import type { ReadStore } from '../../infra/read-store/index.js';
import type { CommandExecutor } from '../../write-side/shared/index.js';

/** The power of one process: goes after so many passes, and then nothing of it ever happens or is heard of again. */
export class Fuse {
  passes = 0;
  private readonly subscriptions: Subscription[] = [];

  constructor(
    private readonly limit = Infinity,
    /** Called at every pass. */
    private readonly onPass = (): void => undefined,
  ) {}

  get blown(): boolean {
    return this.passes >= this.limit;
  }

  async pass<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.point();
    const result = await work();
    await this.point();
    return result;
  }

  async release(): Promise<void> {
    this.passes = Infinity;
    await Promise.all(this.subscriptions.map((subscription) => subscription.close()));
  }

  subscribe(store: EventStore, from: SubscribeFrom, handler: SubscriptionHandler): Subscription {
    const subscription = store.subscribe(from, {
      onEvents: (events, upTo) => (this.blown ? undefined : handler.onEvents(events, upTo)),
      onCaughtUp: () => handler.onCaughtUp?.(),
      onError: (error) => handler.onError(error),
    });
    this.subscriptions.push(subscription);
    return subscription;
  }

  private async point(): Promise<void> {
    if (this.blown) return new Promise(() => undefined);
    this.passes += 1;
    this.onPass();
  }
}

type SubscribeFrom = Parameters<EventStore['subscribe']>[0];

/** The ports of a process that hang on a fuse; dead ends where power can go: before and after each. */
export const fusedEventStore = (store: EventStore, fuse: Fuse): EventStore => ({
  logId: store.logId,
  append: (stream, events, expected) => fuse.pass(() => store.append(stream, events, expected)),
  joint: store.joint,
  chain: store.chain,
  appendAll: (batches) => fuse.pass(() => store.appendAll(batches)),
  read: (stream, options) => store.read(stream, options),
  readAll: (options) => store.readAll(options),
  findCommand: (stream, commandId) => store.findCommand(stream, commandId),
  subscribe: (options, handler) => fuse.subscribe(store, options, handler),
  head: () => store.head(),
  ping: () => store.ping(),
  close: () => Promise.resolve(),
});

export const fusedExecutor = (executor: CommandExecutor, fuse: Fuse): CommandExecutor => ({
  execute: (execution) => fuse.pass(() => executor.execute(execution)),
  query: (aggregate, id, read) => executor.query(aggregate, id, read),
});

export const fusedProvider = (provider: PaymentProvider, fuse: Fuse): PaymentProvider =>
  aroundCalls(provider, (_, call) => fuse.pass(call));

export const fusedCarrier = (carrier: Carrier, fuse: Fuse): Carrier => ({
  book: (consignment) => fuse.pass(() => carrier.book(consignment)),
});

/** Only the cursor's writes: everything else of the read store is not the runner's. */
export function fusedReadStore(store: ReadStore, fuse: Fuse): ReadStore {
  return new Proxy(store, {
    get: (target, name: keyof ReadStore) => {
      if (name === 'commit') {
        const commit: ReadStore['commit'] = (...args) => fuse.pass(() => target.commit(...args));
        return commit;
      }
      return target[name].bind(target);
    },
  });
}
