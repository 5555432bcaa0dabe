import { setTimeout as pause } from 'node:timers/promises';
import { NO_CATEGORY } from '../../domain/catalog/index.js';
import type { ApiClient } from './api-client.js';
import type { Basket } from './basket.js';
import { CliError } from './cli-error.js';
import { CATALOG_LINES } from './catalog-line.js';
import { readNdjson } from './ndjson-file.js';
import { difference, differences, emptySums, sumOf, type AllSums, type Sums } from './sums.js';

interface ReportItem {
  readonly key: string;
  readonly orders: number;
  readonly units: number;
  /** Text of its digits beyond 2^53. */
  readonly revenue: { readonly amount: number | string };
}

/** The baskets' own sums at the catalogue's list prices. */
export class FileSums {
  readonly sums = emptySums();
  private readonly facts = new Map<string, { readonly price: number; readonly category: string }>();

  /** @throws CliError when there is no such file */
  static async readCatalog(file: string): Promise<FileSums> {
    const made = new FileSums();
    for await (const { value } of readNdjson(file, CATALOG_LINES)) {
      const { sku, price, categories } = value;
      made.facts.set(sku, { price: price.amount, category: categories?.at(-1) ?? NO_CATEGORY });
    }
    return made;
  }

  add({ basketId, lines }: Basket): void {
    const { total, bySku, byCategory } = this.sums;
    const categories = new Set<string>();
    total.orders++;
    for (const { sku, quantity } of lines) {
      const fact = this.facts.get(sku);
      if (fact === undefined)
        throw new CliError(`basket ${basketId} has SKU ${sku}, which the catalogue file does not have`);
      categories.add(fact.category);
      for (const sum of [total, sumOf(bySku, sku), sumOf(byCategory, fact.category)]) {
        sum.units += quantity;
        sum.revenue += BigInt(quantity) * BigInt(fact.price);
      }
      sumOf(bySku, sku).orders++;
    }
    for (const category of categories) sumOf(byCategory, category).orders++;
  }
}

/** The sales report's sums once its read model has caught up. */
export async function reportedSums(client: ApiClient, token: string, currency: string): Promise<AllSums> {
  await caughtUp(client, token);
  const [bySku, byCategory, byDay] = await Promise.all(
    ['sku', 'category', 'day'].map((by) => report(client, token, `by=${by}&currency=${currency}`)),
  );
  const sums = emptySums();
  for (const { orders, units, revenue } of byDay?.values() ?? []) {
    sums.total.orders += orders;
    sums.total.units += units;
    sums.total.revenue += revenue;
  }
  return { ...sums, bySku: bySku ?? new Map(), byCategory: byCategory ?? new Map() };
}

export function reconcile(expected: AllSums, actual: AllSums): string[] {
  return [
    ...difference('in all', expected.total, actual.total),
    ...differences('category', expected.byCategory, actual.byCategory),
    ...differences('SKU', expected.bySku, actual.bySku),
  ];
}

async function report(client: ApiClient, token: string, query: string): Promise<Sums> {
  const sums: Sums = new Map();
  let cursor: string | null = null;
  do {
    const page: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await client.call({
      method: 'GET',
      path: `/v1/reports/sales?${query}&limit=100${page}`,
      token,
    });
    if (status !== 200) throw new CliError(`the sales report answers ${status}; the token needs role analyst or admin`);
    for (const { key, orders, units, revenue } of body['items'] as readonly ReportItem[]) {
      sums.set(key, { orders, units, revenue: BigInt(revenue.amount) });
    }
    cursor = body['nextCursor'] as string | null;
  } while (cursor !== null);
  return sums;
}

const CATCH_UP_MS = 120_000;

async function caughtUp(client: ApiClient, token: string): Promise<void> {
  const deadline = Date.now() + CATCH_UP_MS;
  for (;;) {
    const { status, body } = await client.call({ method: 'GET', path: '/v1/projections', token });
    if (status !== 200) throw new CliError(`/v1/projections answers ${status}; the token needs role admin`);
    const behind = (body['items'] as readonly { name: string; lag: number }[]).filter(({ lag }) => lag > 0);
    if (behind.length === 0) return;
    if (Date.now() > deadline)
      throw new CliError(`still behind: ${behind.map(({ name, lag }) => `${name} by ${lag}`).join(', ')}`);
    await pause(200);
  }
}
