import type { JsonObject } from '../../domain/shared/index.js';
import {
  CheckpointConflictError,
  ReadStoreUnavailableError,
  type CollectionCommit,
  type CollectionDefinition,
  type CollectionRef,
  type CollectionState,
  type CollectionVersion,
  type DocumentWrite,
  type LoadedDocument,
  type ReadStore,
  type StoredDocument,
} from '../../infra/read-store/index.js';
import {
  SearchCheckpointConflictError,
  SearchIndexUnavailableError,
  type SearchBuild,
  type SearchDocument,
  type SearchIndex,
} from '../../infra/search-index/index.js';
import { productsReadModel } from '../catalog/index.js';
import { isKnownBuild, rememberBuild } from '../runner/index.js';
import { searchReadModel } from './search.read-model.js';

/**
 * A read store whose collection `search` is the search index, for a runner and for those who follow its checkpoints: the
 * index is kept, rebuilt and parked like any read model. All other collections are the read store's own, what is parked of
 * the index among them. A commit over both writes the read store first; each has a checkpoint of its own, so that a failure
 * between them is folded again.
 */
export function searchSink(readStore: ReadStore, index: SearchIndex): ReadStore {
  return {
    ensure: (collection) =>
      isSearch(collection) ? ported(ensureKnown({ readStore, index }, collection)) : readStore.ensure(collection),
    promote: (collection) =>
      isSearch(collection) ? ported(index.promote(buildOf(collection))) : readStore.promote(collection),
    collections: async () => [...(await readStore.collections()), ...(await ported(buildsAsCollections(index)))],
    get: (collection, id) => readStore.get(collection, id),
    getMany: (collection, ids) => readStore.getMany(collection, ids),
    find: (collection, query) => readStore.find(collection, query),
    scan: <Doc>(collection: CollectionRef, options: ScanOptions) =>
      isSearch(collection)
        ? ported(scan<Doc>({ readStore, index }, collection, options))
        : readStore.scan(collection, options),
    load: (collection, ids) =>
      isSearch(collection) ? ported(load(index, buildOf(collection), ids)) : readStore.load(collection, ids),
    commit: (collection, writes, move) => commitAll(readStore, index, [{ collection, writes, move }]),
    commitAll: (commits) => commitAll(readStore, index, commits),
    checkpoint: (collection) =>
      isSearch(collection) ? ported(checkpoint(index, collection)) : readStore.checkpoint(collection),
    ping: () => readStore.ping(),
    close: () => readStore.close(),
  };
}

type ScanOptions = Parameters<ReadStore['scan']>[1];

const isSearch = (collection: CollectionRef): boolean =>
  (typeof collection === 'string' ? collection : collection.name) === searchReadModel.name;

const buildOf = ({ version, build }: CollectionVersion | CollectionDefinition): SearchBuild => ({
  version,
  build: build ?? 0,
});

interface Stores {
  readonly readStore: ReadStore;
  readonly index: SearchIndex;
}

/**
 * A build of which this read store does not know what is parked is folded again from the start of the log: its documents
 * refuse what they have, and what cannot be applied is parked again.
 */
async function ensureKnown({ readStore, index }: Stores, collection: CollectionDefinition): Promise<void> {
  const build = buildOf(collection);
  await index.ensure(build);
  if (await isKnownBuild(readStore, collection)) return;
  const expected = await checkpoint(index, collection);
  if (expected !== null) await index.apply(build, [], { expected, next: null });
  await rememberBuild(readStore, collection);
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

/** An index does not list what it holds: each of its documents is that of a product, so the products tell their ids. */
async function scan<Doc>(
  { readStore, index }: Stores,
  collection: CollectionRef,
  { after, limit }: ScanOptions,
): Promise<readonly StoredDocument<Doc>[]> {
  const build = typeof collection === 'string' ? (await index.builds()).find(({ live }) => live) : buildOf(collection);
  const found: StoredDocument<Doc>[] = [];
  if (build === undefined) return found;
  for (let last = after ?? ''; found.length < limit;) {
    const products = await readStore.scan(productsReadModel.name, { after: last, limit: limit - found.length });
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

async function commitAll(
  readStore: ReadStore,
  index: SearchIndex,
  commits: readonly CollectionCommit[],
): Promise<void> {
  const others = commits.filter(({ collection }) => !isSearch(collection));
  if (others.length > 0) await readStore.commitAll(others);
  for (const { collection, writes, move } of commits) {
    if (isSearch(collection)) await ported(index.apply(buildOf(collection), writes.map(searchWrite), move));
  }
}

const searchWrite = ({ id, position, doc }: DocumentWrite) => ({ sku: id, position, document: asDocument(doc) });

/** What is in this collection was folded by its read model. */
const asDocument = (doc: JsonObject | null): (SearchDocument & JsonObject) | null =>
  doc as (SearchDocument & JsonObject) | null;

/** Tells the runner in its own terms. */
async function ported<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SearchCheckpointConflictError) throw new CheckpointConflictError(searchReadModel.name);
    if (error instanceof SearchIndexUnavailableError)
      throw new ReadStoreUnavailableError(error.message, { cause: error });
    throw error;
  }
}
