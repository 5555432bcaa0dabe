import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '../../../domain/shared/json.js';
import { positionOfNumber } from '../../shared/position.js';
import type { SearchDocument, SearchWrite } from '../search-index.js';

type Line = Omit<SearchDocument, 'inStock' | 'createdAt'> & JsonObject & { readonly stock: number };

/** All products of the file as they are written into an index, each created a second after the one before. */
export function judgedProducts(file: URL): SearchWrite[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  return lines.map((line, index) => {
    const { stock, ...product } = JSON.parse(line) as Line;
    const createdAt = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
    const document = { ...product, inStock: stock > 0, createdAt };
    return { sku: product.sku, position: positionOfNumber(index + 1), document };
  });
}
