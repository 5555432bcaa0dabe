import { isDeepStrictEqual } from 'node:util';
import { problemLine, type ApiClient } from './api-client.js';
import { inParallel } from './in-parallel.js';
import { readNdjson } from './ndjson-file.js';
import { showProgress } from './progress.js';

/** A line of a catalogue file. `stock` is received once, at the default location. */
export interface CatalogLine {
  readonly sku: string;
  readonly name: string;
  readonly description?: string;
  readonly brand?: string;
  readonly categories?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly stock?: number;
}

type Api = Pick<ApiClient, 'call'>;

export interface ImportOptions {
  readonly token: string;
  readonly concurrency: number;
}

export interface ImportResult {
  readonly created: number;
  readonly known: number;
  /** One line a refused product, with its SKU. */
  readonly refused: readonly string[];
  readonly seconds: number;
}

const CHANGEABLE = ['name', 'description', 'brand', 'categories', 'attributes', 'price'] as const;

/** Creates the products of a file, or brings known ones up to date, and receives their stock. Running it again is harmless. */
export async function importCatalog(client: Api, file: string, options: ImportOptions): Promise<ImportResult> {
  const started = Date.now();
  let total = 0;
  for await (const _ of readNdjson(file)) total++;
  const progress = showProgress('products', { total });
  const importer = new CatalogImporter(client, options.token);
  try {
    await inParallel(readNdjson<CatalogLine>(file), options.concurrency, async (line) => {
      await importer.take(line);
      progress.done();
    });
  } finally {
    progress.stop();
  }
  const { created, known, refused } = importer;
  return { created, known, refused, seconds: (Date.now() - started) / 1000 };
}

class CatalogImporter {
  created = 0;
  known = 0;
  readonly refused: string[] = [];

  constructor(
    private readonly client: Api,
    private readonly token: string,
  ) {}

  async take(line: CatalogLine): Promise<void> {
    const { stock, ...product } = line;
    const { token } = this;
    const made = await this.client.call({ method: 'POST', path: '/v1/products', body: product, token });
    const isKnown = made.body['code'] === 'PRODUCT.SKU_TAKEN';
    if (made.status === 201) this.created++;
    else if (isKnown) await this.bringUpToDate(line);
    else return void this.refused.push(`${line.sku}: ${problemLine(made)}`);
    if (stock === undefined || stock <= 0) return;
    await (isKnown ? this.receiveUnlessStocked(line.sku, stock) : this.receive(line.sku, stock));
  }

  private async bringUpToDate(line: CatalogLine): Promise<void> {
    this.known++;
    const path = `/v1/products/${encodeURIComponent(line.sku)}`;
    const { body: today } = await this.client.call({ method: 'GET', path });
    const { token } = this;
    const changed = CHANGEABLE.filter(
      (name) => line[name] !== undefined && !isDeepStrictEqual(today[name], line[name]),
    );
    if (changed.length === 0) return;
    const body = Object.fromEntries(changed.map((name) => [name, line[name]]));
    this.note(line.sku, await this.client.call({ method: 'PATCH', path, body, token }));
  }

  /** An earlier run, perhaps somebody else's, received it, unless that was cut off before. */
  private async receiveUnlessStocked(sku: string, quantity: number): Promise<void> {
    const stock = await this.client.call({ method: 'GET', path: stockPath(sku) });
    if (stock.status !== 200) return this.note(sku, stock);
    // There also when nothing is left of what was received.
    const { locations } = stock.body;
    if (!Array.isArray(locations) || locations.length === 0) await this.receive(sku, quantity);
  }

  private async receive(sku: string, quantity: number): Promise<void> {
    const path = `${stockPath(sku)}/receipts`;
    const key = `catalog-import:${sku}`;
    const answer = await this.client.call({ method: 'POST', path, body: { quantity }, key, token: this.token });
    // Another quantity was received before, and reads did not show it yet.
    if (answer.body['code'] !== 'REQUEST.IDEMPOTENCY_KEY_REUSED') this.note(sku, answer);
  }

  private note(sku: string, answer: Parameters<typeof problemLine>[0]): void {
    if (answer.status >= 300) this.refused.push(`${sku}: ${problemLine(answer)}`);
  }
}

const stockPath = (sku: string): string => `/v1/inventory/${encodeURIComponent(sku)}`;
