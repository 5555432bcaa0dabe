import type { SearchBuild } from '../search-index.js';

const BUILD = /^v(\d+)-b(\d+)$/;

/** What the indices and aliases of one search index are called. */
export class IndexNames {
  /** Alias of the live build: searches go by it. */
  readonly live: string;
  /** All builds. */
  readonly pattern: string;

  constructor(prefix: string) {
    this.live = `${prefix}products`;
    this.pattern = `${this.live}-v*-b*`;
  }

  indexOf({ version, build }: SearchBuild): string {
    return `${this.live}-v${version}-b${build}`;
  }

  /** Alias that writes go by: a write to a name that is none creates an index in Elasticsearch, to an alias it fails. */
  writerOf(build: SearchBuild): string {
    return `${this.indexOf(build)}-write`;
  }

  /** Undefined for any other index. */
  buildOf(index: string): SearchBuild | undefined {
    const start = `${this.live}-`;
    const parts = index.startsWith(start) ? BUILD.exec(index.slice(start.length)) : null;
    return parts === null ? undefined : { version: Number(parts[1]), build: Number(parts[2]) };
  }
}

export const CHECKPOINT_ID = 'checkpoint';

/** Apart from the checkpoint's, whatever the SKU is. */
export const productId = (sku: string): string => `p:${sku}`;
