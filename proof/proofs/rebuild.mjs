// rebuild: every read model and the search index folded anew from position 0, in other pages and stores, against the live ones.
import { tmpdir } from 'node:os';
import { endEverything, temporaryDirectory } from '../../bench/support/engine.mjs';
import { ownRevision } from '../../bench/support/revisions.mjs';
import { modelGroups } from '../../dist/infra/app/reading/model-groups.js';
import { openLog, openReadModelStore, openSearchIndex } from '../../dist/infra/app/stores/stores.js';
import { loadConfig } from '../../dist/infra/config/load-config.js';
import { randomOf } from '../support/random.mjs';
import { differences, documentsOf, failingBetween, fold, paged, searchesOf } from '../support/rebuild/rebuilding.mjs';
import { makeHistory } from '../support/rebuild/shop-history.mjs';

const SHORT = { products: 12, journeys: 54 };
const LONG = { products: 60, journeys: 900 };

/** How a log is folded: pages of so many events, so many documents kept in memory, and how often something fails. */
const WAYS = [
  { name: 'pages of 1', size: () => 1, cachedDocuments: 2_000 },
  { name: 'pages of 7, 3 documents in memory', size: () => 7, cachedDocuments: 3 },
  { name: 'pages of 500', size: () => 500, cachedDocuments: 2_000 },
  { name: 'pages handed over twice', size: (random) => 1 + random.below(40), cachedDocuments: 50, isRepeated: true },
  { name: 'failures before the checkpoint', size: (random) => 1 + random.below(40), cachedDocuments: 50, failures: 8 },
];
/** On servers each page costs a wait: the pages are larger, and so fewer of them fail. */
const SERVER_WAYS = [
  { name: 'pages of 500', size: () => 500, cachedDocuments: 2_000 },
  { name: 'pages handed over twice', size: (random) => 1 + random.below(160), cachedDocuments: 50, isRepeated: true },
  { name: 'failures before the checkpoint', size: (random) => 1 + random.below(80), cachedDocuments: 50, failures: 3 },
];

/** The live read models, with the log that they were folded from. */
async function openLive(directory) {
  const config = loadConfig({ DATA_DIR: directory, AUTH_SECRET: 'not asked for here, and long enough to be taken' });
  const log = await openLog(config, 'read-only');
  const live = await storesOf(config, 'read-only');
  const expected = await contentsOf(log, live);
  await live.close();
  return { config, log, expected };
}

async function storesOf(config, access) {
  const readModelStore = await openReadModelStore(config, access);
  const index = await openSearchIndex(config, access);
  const close = async () => {
    await index.close();
    await readModelStore.close();
  };
  return { readModelStore, index, close };
}

async function contentsOf(log, { readModelStore, index }) {
  const groups = modelGroups({ log, readModelStore, index });
  const contents = await Promise.all(groups.map((group) => documentsOf(group.readModelStore, group.models)));
  return new Map([...contents.flatMap((documents) => [...documents]), ...(await searchesOf(index))]);
}

/**
 * Types that a read model folds for completeness and that no history here has: a bank disputes payments only where a provider tells
 * so, and the saga of first orders waits for nothing, so that it records no step.
 */
const NOT_MADE = new Set(['saga.dispute.stepped.v1', 'saga.first-order.stepped.v1']);

/** Types that a read model folds and the log does not have. */
async function missingTypes(log, groups) {
  const missing = new Set(groups.flatMap(({ models }) => models.flatMap(({ on }) => Object.keys(on))));
  for (const type of NOT_MADE) missing.delete(type);
  let events = 0;
  for await (const { type } of log.sealed.readAll()) {
    missing.delete(type);
    events += 1;
  }
  return { events, missing: [...missing] };
}

class Rebuilding {
  failures = [];
  rebuilt = 0;

  constructor({ log, config, expected }, random, tell) {
    Object.assign(this, { log, config, expected, random, tell });
  }

  async embedded(way) {
    const { path, remove } = temporaryDirectory(tmpdir());
    await this.#fold(`SQLite, ${way.name}`, way, { readStoreUrl: `sqlite:${path}`, searchUrl: `sqlite:${path}` });
    remove();
  }

  /** In a database and indices of its own, whose names begin alike. */
  async onServers(way, { READ_STORE_TEST_URL, SEARCH_TEST_URL }) {
    const name = `proof-rebuild-${process.pid}-${this.rebuilt}`;
    const documents = new URL(READ_STORE_TEST_URL);
    documents.pathname = `/${name}`;
    const urls = { readStoreUrl: documents.href, searchUrl: `${SEARCH_TEST_URL}/${name}` };
    await this.#fold(`MongoDB and Elasticsearch, ${way.name}`, way, urls);
  }

  async #fold(name, { size, cachedDocuments, isRepeated = false, failures = 0 }, urls) {
    const started = performance.now();
    const stores = await storesOf({ ...this.config, ...urls }, 'read-write');
    for (const group of modelGroups({ log: this.log, ...stores })) {
      let left = failures;
      const isNext = () => left > 0 && this.random.chance(0.2) && left-- > 0;
      const isAgain = () => isRepeated && this.random.chance(0.5);
      const eventStore = paged(group.eventStore, () => size(this.random), isAgain);
      const readModelStore = failures > 0 ? failingBetween(group.readModelStore, isNext) : group.readModelStore;
      await fold({ ...group, eventStore, readModelStore }, { cachedDocuments });
      if (left > 0 && group.name !== 'search')
        this.failures.push(`${name}: ${left} of ${failures} failures did not come`);
    }
    this.failures.push(...differences(name, this.expected, await contentsOf(this.log, stores)));
    await stores.close();
    this.rebuilt += 1;
    this.tell(`${name}: ${this.expected.size} documents and answers, ${Math.round(performance.now() - started)} ms`);
  }
}

async function rebuildAll(rebuilding, tell) {
  for (const way of WAYS) await rebuilding.embedded(way);
  const { READ_STORE_TEST_URL, SEARCH_TEST_URL } = process.env;
  if (READ_STORE_TEST_URL !== undefined && SEARCH_TEST_URL !== undefined)
    for (const way of SERVER_WAYS) await rebuilding.onServers(way, process.env);
  else tell('NOT TESTED for want of READ_STORE_TEST_URL and SEARCH_TEST_URL: MongoDB and Elasticsearch');
}

export default {
  says: 'every read model and the search index folded anew from position 0, in other pages and stores, against the live ones',

  async run({ seed, isShort, log: tell }) {
    const { path, remove } = temporaryDirectory(tmpdir());
    try {
      const random = randomOf(seed);
      await makeHistory(ownRevision(), path, { random, ...(isShort ? SHORT : LONG) });
      const live = await openLive(path);
      const groups = modelGroups({ log: live.log, readModelStore: null, index: null });
      const { events, missing } = await missingTypes(live.log, groups);
      tell(`a history of ${events} events`);
      const rebuilding = new Rebuilding(live, random, tell);
      if (missing.length > 0) rebuilding.failures.push(`the history has no ${missing.join(', ')}`);
      await rebuildAll(rebuilding, tell);
      await live.log.close();
      remove();
      const reached = `${events} events folded in ${rebuilding.rebuilt} ways, ${live.expected.size} documents and answers each`;
      return { reached, failures: rebuilding.failures };
    } finally {
      endEverything();
    }
  },
};
