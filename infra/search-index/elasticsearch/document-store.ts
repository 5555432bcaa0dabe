import type { Position } from '../../shared/position.js';
import type { JsonObject } from '../../../domain/shared/json.js';
import type { IndexedDocument, SearchBuild, SearchDocument } from '../search-index.js';
import type { Connection } from './connection.js';
import { productId, type IndexNames } from './index-names.js';

interface ProductSource {
  readonly position: Position;
  readonly document: (SearchDocument & JsonObject) | null;
}

const PAGE = 500;

/** Reads stored products by SKU with all writes, while searches see only refreshed ones. */
export class DocumentStore {
  constructor(
    private readonly connection: Connection,
    private readonly names: IndexNames,
  ) {}

  load(build: SearchBuild, skus: readonly string[]): Promise<Map<string, IndexedDocument>> {
    return this.loadFrom(this.names.indexOf(build), skus);
  }

  async loadFrom(index: string, skus: readonly string[]): Promise<Map<string, IndexedDocument>> {
    const found = new Map<string, IndexedDocument>();
    for (let from = 0; from < skus.length; from += PAGE) {
      await this.#loadPage(index, skus.slice(from, from + PAGE), found);
    }
    return found;
  }

  async #loadPage(index: string, skus: readonly string[], found: Map<string, IndexedDocument>): Promise<void> {
    const { docs } = await this.connection.client.mget<ProductSource>({
      index,
      ids: skus.map(productId),
      _source_includes: ['position', 'document'],
    });
    for (const [at, item] of docs.entries()) {
      const sku = skus[at];
      if (sku === undefined || 'error' in item || item._source === undefined) continue;
      found.set(sku, { position: item._source.position, document: item._source.document ?? null });
    }
  }
}
