import type { SearchBuild } from '../search-index.js';

const BUILD = /^v(\d+)-b(\d+)$/;

/** Names of the indices and aliases of a search index. */
export class IndexNames {
  /** Alias of the live build, which searches use. */
  readonly live: string;
  /** Pattern of all builds. */
  readonly pattern: string;

  constructor(prefix: string) {
    this.live = `${prefix}products`;
    this.pattern = `${this.live}-v*-b*`;
  }

  indexOf({ version, build }: SearchBuild): string {
    return `${this.live}-v${version}-b${build}`;
  }

  /** Alias that writes use: a write to a missing alias fails, where one to a missing index would create it. */
  writerOf(build: SearchBuild): string {
    return `${this.indexOf(build)}-write`;
  }

  /** Reads the build from an index's name; undefined for any other index. */
  buildOf(index: string): SearchBuild | undefined {
    const start = `${this.live}-`;
    const parts = index.startsWith(start) ? BUILD.exec(index.slice(start.length)) : null;
    return parts === null ? undefined : { version: Number(parts[1]), build: Number(parts[2]) };
  }
}

export const CHECKPOINT_ID = 'checkpoint';

/** Makes the id of a product's document, which no SKU makes equal to the checkpoint's. */
export const productId = (sku: string): string => `p:${sku}`;
