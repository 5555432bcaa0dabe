import { setTimeout as delay } from 'node:timers/promises';
import { placedPrices, shownPrices } from '../../domain/catalog/index.js';
import type { PricingEvent } from '../../domain/catalog/index.js';
import type { Allocation, InventoryEvent } from '../../domain/inventory/index.js';
import { isGiftCard } from '../../domain/shared/index.js';
import type { JsonObject, Money } from '../../domain/shared/index.js';
import { isKnownBuild, rememberBuild } from '../../infra/engine/projections/index.js';
import { existing, readModel } from '../../infra/engine/projections/read-model.js';
import { EventStoreDecorator } from '../../infra/event-store/event-store-decorator.js';
import type {
  EventStore,
  RecordedEvent,
  SubscribeOptions,
  Subscription,
  SubscriptionHandler,
} from '../../infra/event-store/index.js';
import {
  CheckpointConflictError,
  ReadModelStoreUnavailableError,
  type CollectionDefinition,
  type CollectionRef,
  type CollectionState,
  type CollectionVersion,
  type DocumentWrite,
  type LoadedDocument,
  type ProjectionStore,
  type ReadModelStore,
  type StoredDocument,
} from '../../infra/read-model-store/index.js';
import {
  SearchCheckpointConflictError,
  SearchIndexUnavailableError,
  type IndexedPrice,
  type SearchBuild,
  type SearchDocument,
  type SearchIndex,
} from '../../infra/search-index/index.js';
import type { ScanOptions } from '../../infra/shared/document-query.js';
import {
  changed,
  created,
  priced,
  productsReadModel,
  skusOf,
  taxed,
  type Listing,
  type ProductDocument,
} from '../catalog/index.js';

/** A product of the search index, which filters by availability; the available units are in the stock document. */
export interface SearchedProduct extends ProductDocument {
  inStock: boolean;
  /** In the first currency that it has a price in. */
  price: Money | null;
  prices: readonly IndexedPrice[];
}

/** Not those that leave as many available: shipped units leave the shelf and their hold together. */
type Availability = Extract<InventoryEvent, { readonly data: { readonly available: number } }>;

const sku = (event: RecordedEvent<{ readonly sku: string }>): string => event.data.sku;

/** Folds the products of the search index, with whether they are in stock. */
export const searchReadModel = readModel<SearchedProduct, Listing | Availability>({
  name: 'search',
  version: 8,
  indexes: [],
  on: {
    'product.created.v1': {
      key: skusOf,
      evolve: (_, event, id) => {
        const product = created(event, id);
        return sought({ ...product, inStock: isGiftCard(product), price: null, prices: [] });
      },
    },
    'product.details-changed.v1': {
      key: ({ data }) => data.skus,
      evolve: (doc, event) => changed(existing(doc, event), event),
    },
    'variant.details-changed.v1': { key: sku, evolve: (doc, event) => taxed(existing(doc, event), event) },
    'variant.prices-changed.v1': {
      key: sku,
      evolve: (doc, event) =>
        searchedPriced(existing(doc, event), { type: 'variant.prices-changed.v1', data: event.data }),
    },
    'variant.prices-in-force-changed.v1': {
      key: sku,
      evolve: (doc, event) =>
        searchedPriced(existing(doc, event), { type: 'variant.prices-in-force-changed.v1', data: event.data }),
    },
    'variant.price-list-changed.v1': {
      key: sku,
      evolve: (doc, event) =>
        searchedPriced(existing(doc, event), { type: 'variant.price-list-changed.v1', data: event.data }),
    },
    'inventory.received.v1': { key: ({ data }) => ifTurned(data, data.quantity), evolve: turned },
    'inventory.adjusted.v1': { key: ({ data }) => ifTurned(data, data.quantity), evolve: turned },
    'inventory.reserved.v1': { key: ({ data }) => ifTurned(data, -units(data.allocations)), evolve: turned },
    'inventory.released.v1': { key: ({ data }) => ifTurned(data, units(data.allocations)), evolve: turned },
  },
});

/** What is sought by price is worked out with every change of the prices. */
function sought(doc: SearchedProduct): SearchedProduct {
  doc.price = shownPrices(doc.pricing, {}).price;
  doc.prices = placedPrices(doc.pricing);
  return doc;
}

const searchedPriced = (doc: SearchedProduct, event: PricingEvent): SearchedProduct => sought(priced(doc, event));

type Left = Pick<Availability['data'], 'sku' | 'available'>;

/** The SKU where the units that the event added (or took: below 0) made it sold out or in stock: mostly it stays what it was. */
const ifTurned = ({ sku: id, available }: Left, added: number): readonly string[] =>
  available > 0 === available - added > 0 ? [] : [id];

function turned(doc: SearchedProduct | null, event: RecordedEvent<Left>): SearchedProduct {
  const product = existing(doc, event);
  product.inStock = event.data.available > 0;
  return product;
}

const units = (allocations: readonly Allocation[]): number =>
  allocations.reduce((sum, { quantity }) => sum + quantity, 0);

/**
 * Shows the search index to its runner as a projection store, so that it is kept, rebuilt and parked like any read model. Its
 * progress and its parked keys are documents of the read model store. A commit of documents and index writes the documents first: a
 * failure between the two is folded again.
 */
export function searchSink(readModelStore: ReadModelStore, index: SearchIndex): ProjectionStore {
  const commitAll: ProjectionStore['commitAll'] = async (commits, documents = []) => {
    for (const { collection, puts } of documents) await readModelStore.documents.put(collection, puts);
    for (const { collection, writes, move } of commits)
      await ported(index.apply(buildOf(collection), writes.map(searchWrite), move));
  };
  return {
    get documents() {
      return readModelStore.documents;
    },
    ensure: (collection) => ported(ensureKnown({ readModelStore, index }, collection)),
    promote: (collection) => ported(index.promote(buildOf(collection))),
    collections: () => ported(buildsAsCollections(index)),
    scan: <Doc>(collection: CollectionRef, options: ScanOptions) =>
      ported(scan<Doc>({ readModelStore, index }, collection, options)),
    load: (collection, ids) => ported(load(index, buildOf(collection), ids)),
    commit: (collection, writes, move) => commitAll([{ collection, writes, move }]),
    commitAll,
    checkpoint: (collection) => ported(checkpoint(index, collection)),
  };
}

const buildOf = ({ version, build }: CollectionVersion | CollectionDefinition): SearchBuild => ({
  version,
  build: build ?? 0,
});

interface Stores {
  readonly readModelStore: ReadModelStore;
  readonly index: SearchIndex;
}

/**
 * Ensures a build. One that this read model store does not know is folded again from the start of the log, as its parked keys are not
 * known either: its documents skip the events that they have, and the keys are parked again.
 */
async function ensureKnown({ readModelStore, index }: Stores, collection: CollectionDefinition): Promise<void> {
  const build = buildOf(collection);
  await index.ensure(build);
  if (await isKnownBuild(readModelStore.documents, collection)) return;
  const expected = await checkpoint(index, collection);
  if (expected !== null) await index.apply(build, [], { expected, next: null });
  await rememberBuild(readModelStore.documents, collection);
}

async function buildsAsCollections(index: SearchIndex): Promise<CollectionState[]> {
  return (await index.builds()).map((build) => ({ name: searchReadModel.name, ...build }));
}

async function checkpoint(index: SearchIndex, collection: CollectionRef): ReturnType<SearchIndex['checkpoint']> {
  if (typeof collection === 'string') return index.checkpoint();
  const { version, build } = buildOf(collection);
  const found = (await index.builds()).find((state) => state.version === version && state.build === build);
  return found?.checkpoint ?? null;
}

async function load(
  index: SearchIndex,
  build: SearchBuild,
  skus: readonly string[],
): Promise<ReadonlyMap<string, LoadedDocument>> {
  const loaded = new Map<string, LoadedDocument>();
  for (const [sku, { position, document }] of await index.load(build, skus))
    loaded.set(sku, { position, doc: document });
  return loaded;
}

/** Scans the index by the ids of the products, as an index does not list its documents and each is that of a product. */
async function scan<Doc>(
  { readModelStore, index }: Stores,
  collection: CollectionRef,
  { after, limit }: ScanOptions,
): Promise<readonly StoredDocument<Doc>[]> {
  const build = typeof collection === 'string' ? (await index.builds()).find(({ live }) => live) : buildOf(collection);
  const found: StoredDocument<Doc>[] = [];
  if (build === undefined) return found;
  for (let last = after ?? ''; found.length < limit;) {
    const products = await readModelStore.scan(productsReadModel.name, { after: last, limit: limit - found.length });
    const next = products.at(-1)?.id;
    if (next === undefined) break;
    last = next;
    const ids = products.map(({ id }) => id);
    for (const [id, { position, doc }] of await load(index, build, ids)) {
      if (doc !== null) found.push({ id, position, doc: doc as Doc });
    }
  }
  return found.sort((one, other) => (one.id < other.id ? -1 : 1));
}

const searchWrite = ({ id, position, doc }: DocumentWrite) => ({ sku: id, position, document: asDocument(doc) });

/** The documents of this collection were folded by its read model. */
const asDocument = (doc: JsonObject | null): (SearchDocument & JsonObject) | null =>
  doc as (SearchDocument & JsonObject) | null;

/** Translates errors of the search index to those of the read model store. */
async function ported<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SearchCheckpointConflictError) throw new CheckpointConflictError(searchReadModel.name);
    if (error instanceof SearchIndexUnavailableError)
      throw new ReadModelStoreUnavailableError(error.message, { cause: error });
    throw error;
  }
}

/** Long enough for a burst to become one commit, short enough for a search that waits for its own write. */
const DEBOUNCE_MS = 10;

/**
 * Pauses before each page that a subscription hands over, so that what is appended meanwhile comes as one page: the search index
 * then competes less with the read models on its thread.
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
