import type { JsonObject } from '../../domain/shared/index.js';
import {
  CheckpointConflictError,
  ReadStoreUnavailableError,
  type CollectionDefinition,
  type CollectionRef,
  type CollectionState,
  type CollectionVersion,
  type DocumentWrite,
  type LoadedDocument,
  type ProjectionStore,
  type ReadStore,
  type StoredDocument,
} from '../../infra/read-store/index.js';
import type { ScanOptions } from '../../infra/shared/document-query.js';
import {
  SearchCheckpointConflictError,
  SearchIndexUnavailableError,
  type SearchBuild,
  type SearchDocument,
  type SearchIndex,
} from '../../infra/search-index/index.js';
import { productsReadModel } from '../catalog/index.js';
import { isKnownBuild, rememberBuild } from '../../infra/engine/projections/index.js';
import { searchReadModel } from './search.read-model.js';

/**
 * The search index as a runner keeps it, and those who follow its checkpoints: it is kept, rebuilt and parked like any read
 * model. What is noted of it, and the read models that tell what it holds, are the read store's own. A commit over
 * documents and the index writes the documents first, so that a failure between them is folded again.
 */
export function searchSink(readStore: ReadStore, index: SearchIndex): ProjectionStore {
  const commitAll: ProjectionStore['commitAll'] = async (commits, documents = []) => {
    for (const { collection, puts } of documents) await readStore.documents.put(collection, puts);
    for (const { collection, writes, move } of commits)
      await ported(index.apply(buildOf(collection), writes.map(searchWrite), move));
  };
  return {
    get documents() {
      return readStore.documents;
    },
    ensure: (collection) => ported(ensureKnown({ readStore, index }, collection)),
    promote: (collection) => ported(index.promote(buildOf(collection))),
    collections: () => ported(buildsAsCollections(index)),
    scan: <Doc>(collection: CollectionRef, options: ScanOptions) =>
      ported(scan<Doc>({ readStore, index }, collection, options)),
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
  if (await isKnownBuild(readStore.documents, collection)) return;
  const expected = await checkpoint(index, collection);
  if (expected !== null) await index.apply(build, [], { expected, next: null });
  await rememberBuild(readStore.documents, collection);
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

const searchWrite = ({ id, position, doc }: DocumentWrite) => ({ sku: id, position, document: asDocument(doc) });

/** What is in this collection was folded by its read model. */
const asDocument = (doc: JsonObject | null): (SearchDocument & JsonObject) | null =>
  doc as (SearchDocument & JsonObject) | null;

/** Translates errors of the search index to those of the read store. */
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
