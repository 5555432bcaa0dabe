import type { ReadModelStore } from '../../../infra/read-model-store/index.js';
import { randomUUID } from 'node:crypto';
import { deriveId } from '../../../infra/shared/derive-id.js';
import type { DomainEvent, JsonObject } from '../../../domain/shared/index.js';
import { EventStoreDecorator } from '../../../infra/event-store/event-store-decorator.js';
import type {
  EventStore,
  RecordedEvent,
  SubscribeOptions,
  Subscription,
  SubscriptionHandler,
} from '../../../infra/event-store/index.js';
import { openTemporaryEventStore } from '../../../infra/event-store/test-support/open-temporary-event-store.js';
import { openTemporaryReadModelStore } from '../../../infra/read-model-store/test-support/index.js';
import { openTemporarySearchIndex } from '../../../infra/search-index/test-support/index.js';
import { readModels } from '../../../projections/index.js';
import type { ModelProgress, ProjectionProgress } from '../../../infra/engine/projections/progress.js';
import { createProgressFeed, createProjectionRunner } from '../../../infra/engine/projections/index.js';
import { searchReadModel, searchSink } from '../../../projections/search/index.js';
import { ReadClient } from './read-client.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The read API over HTTP on a real log, with the read models that a runner keeps. */
export interface RunningReadApi {
  readonly client: ReadClient;
  readonly store: ReadModelStore;
  readonly events: EventStore;
  readonly progress: ProjectionProgress;
  /** Records events as one command would; the read models have them when this is done. */
  record(stream: string, ...events: readonly DomainEvent[]): Promise<readonly RecordedEvent[]>;
  /** The same without waiting for the read models. */
  append(stream: string, ...events: readonly DomainEvent[]): Promise<readonly RecordedEvent[]>;
  /** Waits until so many subscriptions of the read API follow the log. */
  followers(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Knows who follows the log. */
class CountedLog extends EventStoreDecorator {
  followers = 0;

  static around(store: EventStore): CountedLog {
    return new CountedLog(store);
  }

  override subscribe(options: SubscribeOptions, handler: SubscriptionHandler): Subscription {
    const subscription = super.subscribe(options, handler);
    this.followers += 1;
    return {
      close: async () => {
        this.followers -= 1;
        await subscription.close();
      },
    };
  }

  protected override onRead(event: RecordedEvent): RecordedEvent {
    return event;
  }
}

export async function startReadApi(): Promise<RunningReadApi> {
  const log = await openTemporaryEventStore();
  const read = await openTemporaryReadModelStore();
  const search = await openTemporarySearchIndex();
  const progress = createProgressFeed(() => log.store.head());
  const groups = [
    { readModelStore: read.store, models: readModels },
    { readModelStore: searchSink(read.store, search.index), models: [searchReadModel] },
  ];
  const latest = new Map<object, readonly ModelProgress[]>();
  const runners = groups.map((group) =>
    createProjectionRunner({
      ...group,
      eventStore: log.store,
      logger: quiet,
      onProgress: ({ models }) => {
        latest.set(group, models);
        progress.update({ models: [...latest.values()].flat() });
      },
    }),
  );
  for (const runner of runners) await runner.start();
  const events = CountedLog.around(log.store);
  const client = await ReadClient.over({ events, store: read.store, search: search.index, progress });
  const append = async (stream: string, ...events: readonly DomainEvent[]) =>
    (await log.store.append(stream, batch(events), 'any')).events;
  return {
    client,
    store: read.store,
    events,
    progress,
    append,
    followers: async (count) => {
      while (events.followers !== count) await new Promise((resolve) => setTimeout(resolve, 2));
    },
    record: async (stream, ...events) => {
      const recorded = await append(stream, ...events);
      const position = recorded.at(-1)?.position;
      if (position !== undefined) {
        await Promise.all([...readModels, searchReadModel].map(({ name }) => progress.waitFor(name, position, 10_000)));
      }
      return recorded;
    },
    close: async () => {
      await client.close();
      for (const runner of runners) await runner.close();
      await read.close();
      await search.dispose();
      await log.cleanup();
    },
  };
}

function batch(events: readonly DomainEvent[]) {
  const commandId = randomUUID();
  const metadata = { commandId, correlationId: commandId, causationId: null, actor: 'anonymous' };
  return events.map(({ type, data }, index) => ({
    id: deriveId(commandId, String(index)),
    type,
    data: data as JsonObject,
    metadata,
  }));
}
