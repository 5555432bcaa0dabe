import type { CollectionCommit, CommittedDocuments, ReadModelStore } from '../../../read-model-store/index.js';

export type Fault = (
  commits: readonly CollectionCommit[],
  store: ReadModelStore,
  documents: readonly CommittedDocuments[],
) => Promise<void>;

/** A read model store whose next commits go wrong as told: each fault takes the place of one commit. */
export function faultyReadModelStore(store: ReadModelStore): {
  readonly store: ReadModelStore;
  readonly faults: Fault[];
} {
  const faults: Fault[] = [];
  const commitAll: ReadModelStore['commitAll'] = async (commits, documents = []) => {
    const fault = faults.shift();
    await (fault === undefined ? store.commitAll(commits, documents) : fault(commits, store, documents));
  };
  const faulty: ReadModelStore = {
    documents: store.documents,
    ensure: (collection) => store.ensure(collection),
    promote: (collection) => store.promote(collection),
    collections: () => store.collections(),
    get: (collection, id) => store.get(collection, id),
    getMany: (collection, ids) => store.getMany(collection, ids),
    load: (collection, ids) => store.load(collection, ids),
    find: (collection, query) => store.find(collection, query),
    scan: (collection, options) => store.scan(collection, options),
    commit: (collection, writes, move) => commitAll([{ collection, writes, move }]),
    commitAll,
    checkpoint: (collection) => store.checkpoint(collection),
    ping: () => store.ping(),
    close: () => store.close(),
  };
  return { store: faulty, faults };
}

/** The process dies when half of the documents are written and no checkpoint: what a store without transactions leaves. */
export const dieHalfWay: Fault = async (commits, store, documents) => {
  for (const { collection, puts } of documents) await store.documents.put(collection, halfOf(puts));
  for (const { move: _, writes, ...rest } of commits) await store.commitAll([{ ...rest, writes: halfOf(writes) }]);
  throw new Error('the process died');
};

/** The process dies within one of several commits: those before it in the list are written, half of it is, and no checkpoint. */
export function dieWithin(which: number): Fault {
  return async (commits, store) => {
    const at = which % commits.length;
    for (const { collection, writes } of commits.slice(0, at)) await store.commitAll([{ collection, writes }]);
    for (const { collection, writes } of commits.slice(at, at + 1))
      await store.commitAll([{ collection, writes: halfOf(writes) }]);
    throw new Error('the process died');
  };
}

const halfOf = <Item>(items: readonly Item[]): readonly Item[] => items.slice(0, Math.ceil(items.length / 2));
