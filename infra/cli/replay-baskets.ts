import { dirname, join } from 'node:path';
import type { ApiClient } from './api-client.js';
import { BASKETS, type Basket } from './basket.js';
import { BasketShopper, isSold } from './basket-shopper.js';
import { CliError } from './cli-error.js';
import { inParallel } from '../shared/in-parallel.js';
import { isRepeatable, readNdjson } from './ndjson-file.js';
import { showProgress } from './progress.js';
import { FileSums, reconcile, reportedSums } from './reconciliation.js';
import type { AllSums } from './sums.js';

export interface ReplayOptions {
  readonly token: string;
  readonly concurrency: number;
  readonly currency: string;
  /** Catalogue file with the list prices; default `products.ndjson.gz` beside the baskets. */
  readonly catalog?: string;
  /** Only so many baskets from the beginning. */
  readonly limit?: number;
}

export interface ReplayResult {
  readonly baskets: number;
  /** Of them, bought by an earlier run. */
  readonly known: number;
  readonly lines: number;
  /** One line a refused basket. */
  readonly refused: readonly string[];
  readonly sums: AllSums;
  /** One line a difference between the sales report and the file; empty when they agree. */
  readonly differences: readonly string[];
  readonly seconds: number;
}

const FULFIL_EVERY = 10;

/** Buys every basket of a file, ships and delivers every tenth, and holds the sales report against the file's own sums. */
export async function replayBaskets(client: ApiClient, file: string, options: ReplayOptions): Promise<ReplayResult> {
  if (!isRepeatable(file)) throw new CliError(`${file} must be a regular file: baskets are read twice`);
  const catalog = options.catalog ?? join(dirname(file), 'products.ndjson.gz');
  const { sums, count, lines } = await readAll(file, await FileSums.readCatalog(catalog), options);
  const bought = await boughtBefore(client, options.token);
  const started = Date.now();
  const shopper = new BasketShopper(client, options);
  const refused: string[] = [];
  let known = 0;
  const progress = showProgress('baskets', { total: count });
  try {
    await inParallel(limited(basketsOf(file), options.limit), options.concurrency, async (basket, index) => {
      const fulfil = index % FULFIL_EVERY === 0;
      const earlier = bought.get(basket.basketId);
      if (earlier === undefined) {
        const reason = await shopper.buy(basket, fulfil);
        if (reason !== null) refused.push(`basket ${basket.basketId}: ${reason}`);
      } else {
        known++;
        if (fulfil && earlier.status === 'confirmed') await shopper.fulfil(basket, earlier.orderId);
      }
      progress.done();
    });
  } finally {
    progress.stop();
  }
  const seconds = (Date.now() - started) / 1000;
  const reported = await reportedSums(client, options.token, options.currency);
  return { baskets: count, known, lines, refused, sums: reported, differences: reconcile(sums, reported), seconds };
}

async function readAll(
  file: string,
  sums: FileSums,
  { limit }: ReplayOptions,
): Promise<{ readonly sums: AllSums; readonly count: number; readonly lines: number }> {
  let count = 0;
  let lines = 0;
  for await (const basket of limited(basketsOf(file), limit)) {
    sums.add(basket);
    count++;
    lines += basket.lines.length;
  }
  return { sums: sums.sums, count, lines };
}

async function* basketsOf(file: string): AsyncGenerator<Basket> {
  for await (const { value } of readNdjson(file, BASKETS)) yield value;
}

async function* limited<Item>(source: AsyncIterable<Item>, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Item> {
  let count = 0;
  for await (const item of source) {
    if (count++ >= limit) return;
    yield item;
  }
}

interface Bought {
  readonly orderId: string;
  readonly status: string;
}

/** Orders that an earlier run placed, by the basket's id. */
async function boughtBefore(client: ApiClient, token: string): Promise<ReadonlyMap<string, Bought>> {
  const bought = new Map<string, Bought>();
  let cursor: string | null = null;
  do {
    const page: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await client.call({ method: 'GET', path: `/v1/orders?limit=100${page}`, token });
    if (status !== 200) throw new CliError(`/v1/orders answers ${status}; the token needs role admin`);
    for (const order of body['items'] as readonly (Bought & { readonly reference?: string })[]) {
      if (order.reference !== undefined && isSold(order.status)) bought.set(order.reference, order);
    }
    cursor = body['nextCursor'] as string | null;
  } while (cursor !== null);
  return bought;
}
