// search: what visitors type, over the 92,331 products of the judged queries (--size N takes the first N), by GET /v1/products.
// Unit: searches a second and milliseconds each, eight at once, then while the stock of products changes; suggestions too.
// Limit: none of its own; p99 under 100 ms is the goal.
import { judgedQueries } from '../../dist/infra/search-index/judged-queries/judged-queries.js';
import { ALL_PRODUCTS, fillCatalogue } from '../support/catalogue.mjs';
import { settled, startEngine, temporaryDirectory, tokenLine } from '../support/engine.mjs';
import { closedLoop } from '../support/load.mjs';
import { latencies, more } from '../support/metric.mjs';
import { bodyOf, expectStatus } from '../support/raw-client.mjs';

const AT_ONCE = 8;
const WARM_UP_SECONDS = 1;
const admin = tokenLine('admin');

/** Mostly words; some only look through lists. */
const SEARCHES = [
  ...judgedQueries.map(({ words, filter = {}, first }) => ({ query: { q: words, ...filter }, finds: first > 0 })),
  ...['milk', 'cheese', 'chocolate', 'oz'].flatMap((q) =>
    ['relevance', 'price', '-price', 'name', 'newest'].map((sort) => ({
      query: { q, inStock: true, sort },
      finds: true,
    })),
  ),
  ...['name', 'price', 'newest'].map((sort) => ({ query: { category: 'Grocery', sort }, finds: true })),
  { query: { sort: 'name', limit: 100 }, finds: true },
].map(({ query, finds }) => ({ path: `/v1/products?${new URLSearchParams(query)}`, finds }));

const SUGGESTIONS = judgedQueries.flatMap(({ words }) =>
  [1, 2, 4, 7].map((length) => `/v1/products/suggest?${new URLSearchParams({ q: words.slice(0, length).trim() })}`),
);

function inTurn(list) {
  let next = 0;
  return () => list[next++ % list.length];
}

export default {
  about: 'searches over all products of the judged queries',
  limit: 'goal: p99 under 100 ms',
  seconds: 5,
  size: ALL_PRODUCTS,

  async prepare({ subject, size, directory }) {
    const { path } = temporaryDirectory(directory);
    const engine = await startEngine(subject, path);
    const products = await fillCatalogue(engine, size);
    await settled(engine);
    await engine.stop();
    return { path, skus: products.map(({ sku }) => sku), isWhole: products.length === ALL_PRODUCTS };
  },

  async round({ subject, seconds }, { path, skus, isWhole }) {
    const engine = await startEngine(subject, path);
    const { port } = engine;
    const nextSearch = inTurn(SEARCHES);
    const search = async (client) => {
      const asked = nextSearch();
      const { items } = bodyOf(await client.request('GET', asked.path), 200);
      if (isWhole && asked.finds !== items.length > 0) throw new Error(`${asked.path} finds ${items.length} products`);
    };
    const nextBeginning = inTurn(SUGGESTIONS);
    const suggest = async (client) => bodyOf(await client.request('GET', nextBeginning()), 200);
    const nextSku = inTurn(skus);
    const restock = async (client) => {
      const receipts = `/v1/inventory/${nextSku()}/receipts`;
      expectStatus(await client.request('POST', receipts, { quantity: 1 }, admin), 200);
    };
    const load = { port, clients: AT_ONCE, seconds };
    await closedLoop({ ...load, seconds: WARM_UP_SECONDS }, search);
    const quiet = await closedLoop(load, search);
    const suggested = await closedLoop(load, suggest);
    const [changing, restocked] = await Promise.all([
      closedLoop(load, search),
      closedLoop({ ...load, clients: 1 }, restock),
    ]);
    await engine.stop();
    return {
      searches: more(quiet.perSecond, '/s'),
      ...latencies('search', quiet.times),
      suggestions: more(suggested.perSecond, '/s'),
      ...latencies('suggestion', suggested.times),
      'searches while stock changes': more(changing.perSecond, '/s'),
      ...latencies('search while stock changes', changing.times),
      'changes of stock meanwhile': more(restocked.perSecond, '/s'),
    };
  },
};
