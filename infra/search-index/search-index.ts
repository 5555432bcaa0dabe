import type { JsonObject } from '../../domain/shared/json.js';
import type { Money } from '../../domain/shared/money.js';
import type { Position } from '../shared/position.js';

/** A product as it is searched for. May have further fields: they are kept and given back to whoever folds onto it. */
export interface SearchDocument {
  readonly sku: string;
  readonly name: string;
  readonly description?: string;
  readonly brand?: string;
  /** From the widest to the narrowest. */
  readonly categories: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly price: Money;
  /** Whether any can be sold now. */
  readonly inStock: boolean;
  /** RFC 3339. */
  readonly createdAt: string;
}

/** `document: null` takes the product out; its position is remembered. */
export interface SearchWrite {
  readonly sku: string;
  readonly position: Position;
  readonly document: (SearchDocument & JsonObject) | null;
}

/** A document as its projection sees it: null where it was taken out at `position`. */
export interface IndexedDocument {
  readonly position: Position;
  readonly document: (SearchDocument & JsonObject) | null;
}

/** How far an index has come in a log. */
export interface SearchCheckpoint {
  readonly logId: string;
  readonly position: Position;
}

/** `next: null`: the log is read again from its start, onto the documents that there are. */
export interface SearchCheckpointMove {
  readonly expected: SearchCheckpoint | null;
  readonly next: SearchCheckpoint | null;
}

/** One build of the index: the version of its documents, and a number that tells rebuilds of the same version apart. */
export interface SearchBuild {
  readonly version: number;
  readonly build: number;
}

/** What is known of a build. Exactly one is live: searched. */
export interface SearchBuildState extends SearchBuild {
  readonly live: boolean;
  readonly checkpoint: SearchCheckpoint | null;
}

/** All given conditions hold. Prices are minor units, inclusive; `inStock: false` are those that are sold out. */
export interface SearchFilter {
  readonly category?: string;
  readonly brand?: string;
  readonly priceMin?: number;
  readonly priceMax?: number;
  readonly inStock?: boolean;
}

/** By relevance without words is by name; names are in order without case and accents, by 300 characters at least. */
export type SearchSort = 'relevance' | 'price' | '-price' | 'name' | 'newest';

/** Where a page ended; opaque, good for the same words, filter and sort alone. At most `CURSOR_BYTES` as JSON. */
export type SearchCursor = readonly (string | number)[];

export interface SearchQuery {
  /** As typed, of any length and in any script. Absent or blank: every product. */
  readonly words?: string;
  readonly filter: SearchFilter;
  readonly sort: SearchSort;
  /** 1 to 100. */
  readonly limit: number;
  readonly after?: SearchCursor;
}

export interface SearchHit {
  readonly document: SearchDocument;
  /** The name as HTML text with `<mark>` around what matched; absent where nothing in the name did. */
  readonly highlight?: string;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** Minor units, both ends inclusive, as `priceMin` and `priceMax` take them; the last one has no `to`. */
export interface PriceRange {
  readonly from: number;
  readonly to?: number;
  readonly count: number;
}

/** A dimension counts what all filters but its own leave: the most frequent values first, ties by value. */
export interface SearchFacets {
  readonly category: readonly FacetValue[];
  readonly brand: readonly FacetValue[];
  /** Those with products, in ascending order. */
  readonly price: readonly PriceRange[];
}

export interface SearchPage {
  readonly hits: readonly SearchHit[];
  /** All that match, also those beyond the hits that can be paged to. */
  readonly total: number;
  readonly facets: SearchFacets;
  /** Null after the last page. */
  readonly next: SearchCursor | null;
}

export interface Suggestion {
  readonly text: string;
  /** Where the text is the name of one product alone. */
  readonly sku?: string;
}

/** Lower ends of the price facet's ranges, in minor units. */
export const PRICE_STEPS: readonly number[] = [
  0, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000,
];
/** A cursor travels in an address. */
export const CURSOR_BYTES = 1_400;
/** Values of a facet. */
export const FACET_VALUES = 20;
/** A search by relevance is paged through so many hits at most, pinned at its first page. */
export const PINNED_HITS = 1_000;
export const PINNED_FOR_MS = 5 * 60_000;

/**
 * Products by words. Searches never run on the caller's thread and never fail on what is typed. Plural forms count as one
 * word, the last word also as the beginning of one; where nothing matches all words, words of 4 letters and more are taken
 * with one edit (a letter more, less, other, or two swapped), of 8 and more with two; where that finds nothing either,
 * products with any of the words. What matches as typed always comes before what was corrected.
 *
 * Pages by name, price and newest are stable while products come and go (keyset, ties by SKU). Relevance pages through at
 * most `PINNED_HITS` hits that are pinned with the first page for `PINNED_FOR_MS`; where they cannot be pinned (disk full),
 * the first page comes all the same, with a cursor that has expired.
 *
 * Several processes may share an index; one runner writes. Every method may throw SearchIndexUnavailableError.
 */
export interface SearchIndex {
  /** Creates the build where it is missing: the first one is live at once, any other is built beside it. Idempotent. */
  ensure(build: SearchBuild): Promise<void>;
  /** Makes this build the live one and drops all others, at once: no search sees half. */
  promote(build: SearchBuild): Promise<void>;
  /** Every build, by version and number. */
  builds(): Promise<readonly SearchBuildState[]>;
  /** What the build has of these products, those taken out too. */
  load(build: SearchBuild, skus: readonly string[]): Promise<ReadonlyMap<string, IndexedDocument>>;
  /**
   * Writes final documents, each only where the stored one is at a lower position, then moves the checkpoint from
   * `expected` to `next` (absent: it stays); an adapter without transactions keeps that order.
   * @throws SearchCheckpointConflictError somebody else has moved the checkpoint, or the build is gone
   */
  apply(build: SearchBuild, writes: readonly SearchWrite[], move?: SearchCheckpointMove): Promise<void>;
  /** Of the live build. */
  checkpoint(): Promise<SearchCheckpoint | null>;
  /** @throws SearchCursorError, SearchCursorExpiredError */
  search(query: SearchQuery): Promise<SearchPage>;
  /** What could be meant by words that are being typed, the likeliest first. */
  suggest(words: string, limit: number): Promise<readonly Suggestion[]>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export class SearchCheckpointConflictError extends Error {
  constructor() {
    super('the checkpoint of the search index was moved by another runner');
    this.name = 'SearchCheckpointConflictError';
  }
}

/** The index cannot answer now (disk full, connection away). */
export class SearchIndexUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SearchIndexUnavailableError';
  }
}

/** The cursor is none of this query's. */
export class SearchCursorError extends Error {
  constructor() {
    super('the cursor does not belong to this search');
    this.name = 'SearchCursorError';
  }
}

/** The hits that the cursor pages through are no longer pinned. */
export class SearchCursorExpiredError extends Error {
  constructor() {
    super('the hits of this search are no longer pinned');
    this.name = 'SearchCursorExpiredError';
  }
}
