import { isDeepStrictEqual } from 'node:util';
import { problemLine, type Answer, type ApiClient } from './api-client.js';
import { CATALOG_LINES, type CatalogLine } from './catalog-line.js';
import { inParallel } from '../shared/in-parallel.js';
import { isRepeatable, readNdjson, type NdjsonLine } from './ndjson-file.js';
import { showProgress } from './progress.js';

type Api = Pick<ApiClient, 'call'>;

export interface ImportOptions {
  readonly token: string;
  readonly concurrency: number;
}

export interface ImportResult {
  readonly created: number;
  readonly known: number;
  /** One line a refused product, with its place in the file and its SKU. */
  readonly refused: readonly string[];
  readonly seconds: number;
}

const CHANGEABLE = ['name', 'description', 'brand', 'categories', 'attributes', 'taxClass', 'kind', 'price'] as const;

/**
 * Creates the products of a file, or brings known ones up to date, and receives their stock. Running it again is harmless.
 * A file is read through before anything is sent, so that a damaged one changes nothing; of a pipe, the lines before the
 * damage have been imported.
 * @throws CliError naming the line that cannot be imported
 */
export async function importCatalog(client: Api, file: string, options: ImportOptions): Promise<ImportResult> {
  const started = Date.now();
  const progress = showProgress('products', isRepeatable(file) ? { total: await countLines(file) } : {});
  const importer = new CatalogImporter(client, options.token);
  try {
    await inParallel(readNdjson(file, CATALOG_LINES), options.concurrency, async (line) => {
      await importer.take(line);
      progress.done();
    });
  } finally {
    progress.stop();
  }
  const { created, known, refused } = importer;
  return { created, known, refused, seconds: (Date.now() - started) / 1000 };
}

async function countLines(file: string): Promise<number> {
  let count = 0;
  for await (const _ of readNdjson(file, CATALOG_LINES)) count++;
  return count;
}

class CatalogImporter {
  created = 0;
  known = 0;
  readonly refused: string[] = [];

  constructor(
    private readonly client: Api,
    private readonly token: string,
  ) {}

  async take({ value: line, where }: NdjsonLine<CatalogLine>): Promise<void> {
    const { stock, ...product } = line;
    const named = `${where} ${line.sku}`;
    const { token } = this;
    const made = await this.client.call({ method: 'POST', path: '/v1/products', body: product, token });
    const isKnown = made.body['code'] === 'PRODUCT.SKU_TAKEN';
    if (made.status === 201) this.created++;
    else if (isKnown) this.note(named, await this.bringUpToDate(line));
    else return this.note(named, made);
    if (stock === undefined || stock <= 0) return;
    this.note(named, await (isKnown ? this.receiveUnlessStocked(line.sku, stock) : this.receive(line.sku, stock)));
  }

  private async bringUpToDate(line: CatalogLine): Promise<Answer> {
    this.known++;
    const path = `/v1/products/${encodeURIComponent(line.sku)}`;
    const today = await this.client.call({ method: 'GET', path });
    const changed = CHANGEABLE.filter(
      (name) => line[name] !== undefined && !isDeepStrictEqual(today.body[name], line[name]),
    );
    if (changed.length === 0) return today;
    const body = Object.fromEntries(changed.map((name) => [name, line[name]]));
    return this.client.call({ method: 'PATCH', path, body, token: this.token });
  }

  /** An earlier run, perhaps somebody else's, received it, unless that was cut off before. */
  private async receiveUnlessStocked(sku: string, quantity: number): Promise<Answer> {
    const stock = await this.client.call({ method: 'GET', path: stockPath(sku) });
    if (stock.status !== 200) return stock;
    // There also when nothing is left of what was received.
    const { locations } = stock.body;
    return !Array.isArray(locations) || locations.length === 0 ? this.receive(sku, quantity) : stock;
  }

  private async receive(sku: string, quantity: number): Promise<Answer> {
    const path = `${stockPath(sku)}/receipts`;
    const key = `catalog-import:${sku}`;
    return this.client.call({ method: 'POST', path, body: { quantity }, key, token: this.token });
  }

  private note(named: string, answer: Answer): void {
    // A receipt under that key had another quantity: it was received before, and reads did not show it yet.
    if (answer.body['code'] === 'REQUEST.IDEMPOTENCY_KEY_REUSED') return;
    if (answer.status >= 300) this.refused.push(`${named}: ${problemLine(answer)}`);
  }
}

const stockPath = (sku: string): string => `/v1/inventory/${encodeURIComponent(sku)}`;
