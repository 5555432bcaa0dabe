import { inParallel } from '../shared/in-parallel.js';
import { problemLine, type Answer, type ApiClient } from './api-client.js';
import { isRepeatable, readRecords, type NdjsonLine } from './ndjson-file.js';
import { PRICE_LINES, type PriceLine } from './price-line.js';
import { showProgress } from './progress.js';

type Api = Pick<ApiClient, 'call'>;
type Line = NdjsonLine<PriceLine>;

export interface PriceImportOptions {
  readonly token: string;
  readonly concurrency: number;
}

export interface PriceImportResult {
  /** Products that have the prices of the file now. */
  readonly priced: number;
  /** One line for each that is wrong, with its place in the file and its SKU. */
  readonly refused: readonly string[];
  readonly seconds: number;
}

/**
 * Sets the prices of products from a file, CSV or NDJSON, a row of a product a line: all of a product's lines, wherever they stand, replace
 * all of its prices. Running it again is harmless: what is so already is left as it is. The file is read through before anything is
 * sent, so that a damaged one changes nothing.
 * @throws CliError naming the line that cannot be imported
 */
export async function importPrices(client: Api, file: string, options: PriceImportOptions): Promise<PriceImportResult> {
  const started = Date.now();
  const products = await linesBySku(file);
  const progress = showProgress('products', isRepeatable(file) ? { total: products.size } : {});
  const refused: string[] = [];
  let priced = 0;
  try {
    await inParallel(products.values(), options.concurrency, async (lines) => {
      const answer = await put(client, lines, options.token);
      if (answer.status === 200) priced++;
      else refused.push(...refusalsOf(lines, answer));
      progress.done();
    });
  } finally {
    progress.stop();
  }
  return { priced, refused, seconds: (Date.now() - started) / 1000 };
}

async function linesBySku(file: string): Promise<ReadonlyMap<string, readonly Line[]>> {
  const products = new Map<string, Line[]>();
  for await (const line of readRecords(file, PRICE_LINES)) {
    const lines = products.get(line.value.sku) ?? [];
    products.set(line.value.sku, lines);
    lines.push(line);
  }
  return products;
}

function rowOf(line: PriceLine): Omit<PriceLine, 'sku'> {
  const { sku: _, ...row } = line;
  return row;
}

function put(client: Api, lines: readonly Line[], token: string): Promise<Answer> {
  const prices = lines.map(({ value }) => rowOf(value));
  const path = `/v1/products/${encodeURIComponent(lines[0]?.value.sku ?? '')}/prices`;
  return client.call({ method: 'PUT', path, body: { prices }, token });
}

const OF_ROW = /^prices\.(\d+)(?:\.|$)/;

/** Each line that is wrong; where the product is, its first one. */
function refusalsOf(lines: readonly Line[], answer: Answer): readonly string[] {
  const { errors } = answer.body;
  const named = (Array.isArray(errors) ? errors : []).flatMap((error) => {
    const { path, message } = error as { readonly path: string; readonly message: string };
    const line = lines[Number(OF_ROW.exec(path)?.[1])];
    if (line === undefined) return [];
    const said = [path.replace(OF_ROW, ''), message].filter((part) => part !== '').join(' ');
    return [`${line.where} ${line.value.sku}: ${said}`];
  });
  if (named.length > 0) return named;
  return lines.slice(0, 1).map(({ where, value }) => `${where} ${value.sku}: ${problemLine(answer)}`);
}
