import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packageRoot } from '../boot/package-root.js';

const fixtures = join(packageRoot, 'infra/app/e2e/fixtures');

export interface RealBasket {
  readonly basketId: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface RealProduct {
  readonly sku: string;
  readonly name: string;
  readonly categories: readonly string[];
  readonly price: { readonly amount: number; readonly currency: string };
  readonly stock: number;
}

/** All baskets of the fixture, as the command line takes them. */
export const basketFile = join(fixtures, 'baskets.ndjson.gz');

/** The first baskets of real shoppers, with the products in them and no others: each product costs an engine two requests. */
export function realBaskets(count: number): {
  readonly baskets: readonly RealBasket[];
  readonly products: readonly RealProduct[];
} {
  const baskets = valuesOf<RealBasket>(basketFile).slice(0, count);
  const skus = new Set(baskets.flatMap(({ lines }) => lines.map(({ sku }) => sku)));
  const products = valuesOf<RealProduct>(join(fixtures, 'products.ndjson.gz')).filter(({ sku }) => skus.has(sku));
  return { baskets, products };
}

/** Writes a file with one JSON document a line. Answers its path. */
export function writeLines(directory: string, name: string, values: readonly object[]): string {
  const path = join(directory, name);
  writeFileSync(path, values.map((value) => JSON.stringify(value)).join('\n'));
  return path;
}

function valuesOf<Value>(path: string): readonly Value[] {
  const text = gunzipSync(readFileSync(path)).toString();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Value);
}
