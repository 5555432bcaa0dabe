import type { Position } from '../../shared/position.js';
import type { EventStore, RecordedEvent } from '../../event-store/index.js';
import type { ReadModelStore } from '../../read-model-store/index.js';
import { ProjectionFeed } from './projection-feed.js';
import type { ParkedKey } from './projection-parts.js';
import { Projection } from './projection.js';
import type { AnyReadModel } from './read-model.js';

export interface FoldOptions {
  readonly eventStore: Pick<EventStore, 'logId' | 'readAll'>;
  /** An empty one, which the documents are read from then. */
  readonly readModelStore: ReadModelStore;
  readonly models: readonly AnyReadModel[];
  /** Inclusive. */
  readonly upTo: Position;
  /** Called with how far it has come. */
  readonly onFolded: (position: Position) => void;
  /** Called for each document that an event could not be applied to: it stays as it was before. */
  readonly onParked: (parked: ParkedKey) => void;
}

const PAGE = 500;
const CACHED_DOCUMENTS = 10_000;

/** Folds the log up to a position into read models of their own, which nobody follows. */
export async function foldModels({ eventStore, models, upTo, onFolded, ...rest }: FoldOptions): Promise<void> {
  const projections = await openProjections(models, rest);
  let trouble: { readonly error: unknown } | null = null;
  const feed = new ProjectionFeed({
    // It is handed its pages, and never subscribes.
    eventStore: eventStore as EventStore,
    readModelStore: rest.readModelStore,
    onProgress: () => undefined,
    onCaughtUp: () => undefined,
    onTrouble: (_, error) => (trouble = { error }),
  });
  feed.projections = projections;
  const take = async (page: readonly RecordedEvent[], position: Position): Promise<void> => {
    await feed.exclusive(() => feed.take(page, position));
    if (trouble !== null) throw trouble.error;
    onFolded(position);
  };
  const filter = { types: [...new Set(models.flatMap(({ on }) => Object.keys(on)))] };
  let page: RecordedEvent[] = [];
  try {
    for await (const event of eventStore.readAll({ filter })) {
      if (event.position > upTo) break;
      page.push(event);
      if (page.length < PAGE) continue;
      await take(page, event.position);
      page = [];
    }
    await take(page, upTo);
    await feed.exclusive(() => feed.flush());
  } finally {
    await feed.stop();
  }
}

async function openProjections(
  models: readonly AnyReadModel[],
  { readModelStore: store, onParked }: Pick<FoldOptions, 'readModelStore' | 'onParked'>,
): Promise<readonly Projection[]> {
  const projections: Projection[] = [];
  for (const model of models) {
    const { name, version, indexes } = model;
    const collection = { name, version, indexes };
    await store.ensure(collection);
    const parts = {
      model,
      collection,
      store,
      cachedDocuments: CACHED_DOCUMENTS,
      isLive: true,
      isComplete: false,
      onParked,
    };
    const projection = new Projection(parts);
    await projection.reload();
    projections.push(projection);
  }
  return projections;
}
