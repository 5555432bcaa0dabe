import type { Carrier } from '../../infra/carrier/index.js';
import type { EventStore, Subscription, SubscriptionHandler } from '../../infra/event-store/index.js';
import { aroundCalls, type PaymentProvider } from '../../infra/payment-provider/index.js';
import type { DocumentStore } from '../../infra/document-store/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';

/** The power of one process: goes after so many passes, and then nothing of it ever happens or is heard of again. */
export class Fuse {
  passes = 0;
  /** Resolves when the power is gone. */
  readonly whenBlown: Promise<void>;
  private readonly subscriptions: Subscription[] = [];
  private blow: () => void = () => undefined;

  constructor(
    private readonly limit = Infinity,
    /** Called at every pass. */
    private readonly onPass = (): void => undefined,
  ) {
    this.whenBlown = new Promise((resolve) => (this.blow = resolve));
  }

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
    if (this.blown) this.blow();
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
  readTexts: (options) => store.readTexts(options),
  findCommand: (stream, commandId) => store.findCommand(stream, commandId),
  subscribe: (options, handler) => fuse.subscribe(store, options, handler),
  head: () => store.head(),
  positionBefore: (time) => store.positionBefore(time),
  countTypes: (range) => store.countTypes(range),
  ping: () => store.ping(),
  close: () => Promise.resolve(),
});

/** Only its joint appends: a single one of a command is the executor's, which hangs on the fuse itself. */
export function fusedJoints(store: EventStore, fuse: Fuse): EventStore {
  const fused = fusedEventStore(store, fuse);
  return { ...fused, append: (stream, events, expected) => store.append(stream, events, expected) };
}

export const fusedExecutor = (executor: CommandExecutor, fuse: Fuse): CommandExecutor => ({
  execute: (execution) => fuse.pass(() => executor.execute(execution)),
  query: (aggregate, id, read) => executor.query(aggregate, id, read),
  stateAt: (aggregate, id, revision) => executor.stateAt(aggregate, id, revision),
});

export const fusedProvider = (provider: PaymentProvider, fuse: Fuse): PaymentProvider =>
  aroundCalls(provider, (_, call) => fuse.pass(call));

export const fusedCarrier = (carrier: Carrier, fuse: Fuse): Carrier => ({
  book: (consignment) => fuse.pass(() => carrier.book(consignment)),
});

/** Only what the runner writes, of its cursor and its index. */
export const fusedDocuments = (store: DocumentStore, fuse: Fuse): DocumentStore => ({
  ensure: (collection) => store.ensure(collection),
  get: (collection, id) => store.get(collection, id),
  getMany: (collection, ids) => store.getMany(collection, ids),
  find: (collection, query) => store.find(collection, query),
  scan: (collection, options) => store.scan(collection, options),
  put: (collection, puts) => fuse.pass(() => store.put(collection, puts)),
  compareAndSet: (collection, change) => fuse.pass(() => store.compareAndSet(collection, change)),
  clear: (collection) => store.clear(collection),
  ping: () => store.ping(),
  close: () => store.close(),
});
