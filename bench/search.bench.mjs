/**
 * Searches over all products of the judged queries: how fast the index is built, how long searches and suggestions take one
 * after the other and eight at a time, and while the stock of products changes. Run after `npm run build`:
 *
 *   node bench/search.bench.mjs [directory] [rounds]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { positionOfNumber } from '../dist/infra/event-store/index.js';
import { judgedProducts } from '../dist/infra/search-index/judged-queries/judged-products.js';
import { judgedQueries } from '../dist/infra/search-index/judged-queries/judged-queries.js';
import { openSqliteSearchIndex } from '../dist/infra/search-index/sqlite-fts5/index.js';

const parent = process.argv[2] ?? tmpdir();
const rounds = Number(process.argv[3] ?? 5);
const PAGE = 500;
const RESTOCKS_A_PAGE = 20;
const BUILD = { version: 1, build: 0 };
const fixture = new URL('../infra/search-index/judged-queries/products.ndjson.gz', import.meta.url);

const directory = mkdtempSync(join(parent, 'cartwright-bench-'));
const writer = await openSqliteSearchIndex({ directory, access: 'read-write' });
const index = await openSqliteSearchIndex({ directory, access: 'read-only' });
const products = judgedProducts(fixture);
let position = products.length;

async function build() {
  await writer.ensure(BUILD);
  const started = performance.now();
  for (let from = 0; from < products.length; from += PAGE) {
    await writer.apply(BUILD, products.slice(from, from + PAGE));
  }
  const took = performance.now() - started;
  const size = statSync(join(directory, 'search.db')).size / 2 ** 20;
  console.log(
    `built: ${products.length} products in ${(took / 1000).toFixed(1)} s, ` +
      `${Math.round((products.length / took) * 1000)}/s, ${size.toFixed(0)} MiB`,
  );
}

async function load() {
  const started = performance.now();
  await index.ping();
  console.log(`read into memory: ${(performance.now() - started).toFixed(0)} ms, once a process`);
}

/** What a shop's visitors ask: mostly words; some only look through lists. */
const searches = [
  ...judgedQueries.map(({ words, filter = {} }) => ({ words, filter, sort: 'relevance', limit: 20 })),
  ...['milk', 'cheese', 'chocolate', 'oz'].flatMap((words) =>
    ['relevance', 'price', '-price', 'name', 'newest'].map((sort) => ({
      words,
      filter: { inStock: true },
      sort,
      limit: 20,
    })),
  ),
  ...['name', 'price', 'newest'].map((sort) => ({ filter: { category: 'Grocery' }, sort, limit: 20 })),
  { filter: {}, sort: 'name', limit: 100 },
  { words: 'national', filter: { category: 'Cheese', priceMin: 100, priceMax: 500 }, sort: 'relevance', limit: 20 },
];
const beginnings = judgedQueries.flatMap(({ words }) => [1, 2, 4, 7].map((length) => words.slice(0, length)));

async function measure(name, asks, ask, { atOnce = 1 } = {}) {
  const times = [];
  const queue = Array.from({ length: rounds }, () => asks).flat();
  const started = performance.now();
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const asked = performance.now();
      await ask(next);
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const took = performance.now() - started;
  times.sort((a, b) => a - b);
  const at = (share) => `${times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1)} ms`;
  console.log(
    `${name}: ${times.length}, ${Math.round((times.length / took) * 1000)}/s, ` +
      `p50 ${at(0.5)}, p90 ${at(0.9)}, p99 ${at(0.99)}, max ${at(1)}`,
  );
}

/** Reservations of an order: the availability of some products, a commit each. */
function restocking() {
  const stopping = new AbortController();
  let written = 0;
  const run = (async () => {
    while (!stopping.signal.aborted) {
      const writes = Array.from({ length: RESTOCKS_A_PAGE }, () => {
        const { sku, document } = products[Math.floor(Math.random() * products.length)];
        position += 1;
        return { sku, position: positionOfNumber(position), document: { ...document, available: position % 7 } };
      });
      await writer.apply(BUILD, writes);
      written += writes.length;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  return async () => {
    stopping.abort();
    await run;
    return written;
  };
}

async function restockRate() {
  const started = performance.now();
  let written = 0;
  while (written < 20_000) {
    const writes = products.slice(written, written + 100).map(({ sku, document }) => {
      position += 1;
      return { sku, position: positionOfNumber(position), document: { ...document, available: position % 7 } };
    });
    await writer.apply(BUILD, writes);
    written += writes.length;
  }
  const took = performance.now() - started;
  console.log(`availability: ${Math.round((written / took) * 1000)} changes/s in pages of 100`);
}

const search = (query) => index.search(query);
await build();
await load();
await measure('first searches', searches, search);
await measure('searches', searches, search);
await measure('searches, 8 at once', searches, search, { atOnce: 8 });
await measure('suggestions', beginnings, (words) => index.suggest(words, 10));
const stop = restocking();
await measure('searches while stock changes', searches, search);
console.log(`  ${await stop()} changes meanwhile`);
await restockRate();
await index.close();
await writer.close();
rmSync(directory, { recursive: true });
