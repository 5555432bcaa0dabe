// The 92,331 products of the judged queries, as the API takes them.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { tokenLine } from './engine.mjs';
import { eachOnce } from './load.mjs';
import { expectStatus } from './raw-client.mjs';

export const ALL_PRODUCTS = 92_331;

const CLIENTS = 32;
const fixture = new URL('../../infra/search-index/judged-queries/products.ndjson.gz', import.meta.url);
const admin = tokenLine('admin');

async function create(client, product) {
  const { stock: quantity, ...created } = product;
  expectStatus(await client.request('POST', '/v1/products', created, admin), 201);
  if (quantity > 0)
    expectStatus(await client.request('POST', `/v1/inventory/${product.sku}/receipts`, { quantity }, admin), 200);
}

/** Makes the first `count` products with their stock; answers them. */
export async function fillCatalogue({ port }, count) {
  const lines = gunzipSync(readFileSync(fixture)).toString('utf8').trimEnd().split('\n');
  const products = lines.slice(0, count).map((line) => JSON.parse(line));
  await eachOnce({ port, clients: CLIENTS }, products, create);
  return products;
}
