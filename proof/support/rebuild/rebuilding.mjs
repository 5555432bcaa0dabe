// Read models folded from the start of a log, page by page of any size, and what they came to.
import { createProjectionRunner } from '../../../dist/infra/engine/projections/index.js';
import { ReadModelStoreUnavailableError } from '../../../dist/infra/read-model-store/index.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The same object with some of its members in our hand. */
const withMembers = (inner, members) =>
  new Proxy(inner, {
    get: (target, name) => {
      if (name in members) return members[name];
      const member = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

/** The log, which hands over pages of so many events; where `again` is, some a second time. */
export function paged(store, sizeOf, again = () => false) {
  const subscribe = (options, handler) => {
    const closed = new AbortController();
    const onEvents = async (events, upTo) => {
      for (let at = 0; at < events.length && !closed.signal.aborted;) {
        const page = events.slice(at, at + sizeOf());
        at += page.length;
        const end = at >= events.length ? upTo : page.at(-1).position;
        await handler.onEvents(page, end);
        if (again() && !closed.signal.aborted) await handler.onEvents(page, end);
      }
    };
    const subscription = store.subscribe(options, { ...forwarded(handler), onEvents });
    const close = () => {
      closed.abort();
      return subscription.close();
    };
    return { close };
  };
  return withMembers(store, { subscribe });
}

const forwarded = (handler) => ({
  onCaughtUp: () => handler.onCaughtUp?.(),
  onError: (error) => handler.onError(error),
});

/** The read model store, which now and then stores a page's documents, fails before the checkpoint, and is there again. */
export function failingBetween(store, isNext) {
  const commitAll = async (commits, documents) => {
    if (!isNext()) return store.commitAll(commits, documents);
    await store.commitAll(
      commits.map(({ move: _move, ...commit }) => commit).filter(({ writes }) => writes.length > 0),
      documents,
    );
    throw new ReadModelStoreUnavailableError('it failed between the documents and the checkpoint');
  };
  return withMembers(store, { commitAll });
}

/** Folds all that the log has. */
export async function fold({ eventStore, readModelStore, models }, { cachedDocuments }) {
  let end = null;
  const stopped = new Promise((_, reject) => (end = reject));
  stopped.catch(() => undefined);
  const options = { eventStore, readModelStore, models, logger: silent, cachedDocuments, onStopped: end };
  const runner = createProjectionRunner(options);
  await runner.start();
  await Promise.race([runner.caughtUp(), stopped]);
  await runner.close();
}

const PAGE = 200;

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** Every document of the live collections, as `name/id` → canonical JSON with the position of its last event. */
export async function documentsOf(store, models) {
  const documents = new Map();
  for (const { name } of models) {
    for (let after = ''; ;) {
      const page = await store.scan(name, { after, limit: PAGE });
      for (const { id, position, doc } of page)
        documents.set(`${name}/${id}`, JSON.stringify(sorted({ position, doc })));
      if (page.length < PAGE) break;
      after = page.at(-1).id;
    }
  }
  return documents;
}

/** What is searched for without words, in every order that no score decides; a page of all. */
export async function searchesOf(index) {
  const answers = new Map();
  for (const sort of ['name', 'price', '-price', 'newest'])
    for (const filter of [{}, { category: 'clothes' }, { brand: 'Acme' }, { inStock: false }]) {
      const { hits, total, facets } = await index.search({ filter, sort, limit: 100 });
      const skus = hits.map(({ document }) => document.sku);
      answers.set(`search by ${sort} ${JSON.stringify(filter)}`, JSON.stringify(sorted({ skus, total, facets })));
    }
  return answers;
}

/** A line for each that is another one, missing or too many. */
export function differences(what, expected, got) {
  const keys = new Set([...expected.keys(), ...got.keys()]);
  return [...keys]
    .filter((key) => expected.get(key) !== got.get(key))
    .map((key) => `${what}: ${key} is ${got.get(key)}, live it is ${expected.get(key)}`);
}
