import type { JsonObject } from '../../domain/shared/json.js';
import type { Money } from '../../domain/shared/money.js';
import type { Position } from '../shared/position.js';

/** The price of one unit for those who buy in a currency, channel and country. */
export type IndexedPrice = {
  readonly currency: string;
  /** Null: in every channel that no other price of the product in the currency names. */
  readonly channel: string | null;
  /** Null: in every country that no other price of the product in the currency names, and where no country is known. */
  readonly country: string | null;
  /** Minor units. */
  readonly amount: number;
};

/** A product of the index. It may have further fields, which are kept for its projection. */
export interface SearchDocument {
  readonly sku: string;
  readonly name: string;
  readonly description?: string;
  readonly brand?: string;
  /** From the widest to the narrowest. */
  readonly categories: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Of one unit; null where it has none. */
  readonly price: Money | null;
  /** What it costs where: at most one matches a place to buy; absent where nothing is priced. */
  readonly prices?: readonly IndexedPrice[];
  /** Whether any unit can be sold now. */
  readonly inStock: boolean;
  /** What it is, where it is no goods that are shipped. */
  readonly kind?: 'digital' | 'gift-card';
  /** RFC 3339. */
  readonly createdAt: string;
}

/** A write of a product; `document: null` removes it, and its position is kept. */
export interface SearchWrite {
  readonly sku: string;
  readonly position: Position;
  readonly document: (SearchDocument & JsonObject) | null;
}

/** A document for its projection; null where the product was removed at `position`. */
export interface IndexedDocument {
  readonly position: Position;
  readonly document: (SearchDocument & JsonObject) | null;
}

/** The place of an index in a log. */
export interface SearchCheckpoint {
  readonly logId: string;
  readonly position: Position;
}

/** The move of a checkpoint; with `next: null` the log is folded again from its start, onto the present documents. */
export interface SearchCheckpointMove {
  readonly expected: SearchCheckpoint | null;
  readonly next: SearchCheckpoint | null;
}

/** One build of the index: the version of its documents, and a number that counts rebuilds of the version. */
export interface SearchBuild {
  readonly version: number;
  readonly build: number;
}

/** The state of a build. Exactly one build is live, which searches use. */
export interface SearchBuildState extends SearchBuild {
  readonly live: boolean;
  readonly checkpoint: SearchCheckpoint | null;
}

/** Conditions that all hold. Prices are minor units, inclusive; `inStock: false` selects products that are sold out. */
export interface SearchFilter {
  /**
   * Products with a price there alone, which are then filtered, sorted and counted by it; absent: by `price`, whatever its currency.
   * A product without one comes before the cheapest.
   */
  readonly pricedIn?: { readonly currency: string; readonly channel: string; readonly country?: string };
  readonly category?: string;
  readonly brand?: string;
  readonly priceMin?: number;
  readonly priceMax?: number;
  readonly inStock?: boolean;
}

/** The order of hits. Without words relevance is by name; names are ordered without case and accents, by at least 300 characters. */
export type SearchSort = 'relevance' | 'price' | '-price' | 'name' | 'newest';

/** The end of a page. It is opaque, and valid only for the same words, filter and sort. At most `CURSOR_BYTES` as JSON. */
export type SearchCursor = readonly (string | number)[];

export interface SearchQuery {
  /** The words as typed, of any length and in any script; absent or blank for every product. */
  readonly words?: string;
  readonly filter: SearchFilter;
  readonly sort: SearchSort;
  /** 1 to 100. */
  readonly limit: number;
  readonly after?: SearchCursor;
}

export interface SearchHit {
  readonly document: SearchDocument;
  /** The name as HTML text with `<mark>` around matches; absent where nothing in the name matched. */
  readonly highlight?: string;
}

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** A range of prices in minor units, both ends inclusive as in `priceMin` and `priceMax`; the last range has no `to`. */
export interface PriceRange {
  readonly from: number;
  readonly to?: number;
  readonly count: number;
}

/** Counts by dimension. A dimension counts the hits of all filters but its own, the most frequent values first, ties by value. */
export interface SearchFacets {
  readonly category: readonly FacetValue[];
  readonly brand: readonly FacetValue[];
  /** The ranges that have products, in ascending order. */
  readonly price: readonly PriceRange[];
}

export interface SearchPage {
  readonly hits: readonly SearchHit[];
  /** The number of all matches, also of those beyond the last page. */
  readonly total: number;
  readonly facets: SearchFacets;
  /** The cursor of the next page; null after the last one. */
  readonly next: SearchCursor | null;
}

export interface Suggestion {
  readonly text: string;
  /** The SKU; present where the text is the name of only one product. */
  readonly sku?: string;
}

/** Lower ends of the ranges of the price facet, in minor units. */
export const PRICE_STEPS: readonly number[] = [
  0, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000,
];
/** The most bytes of a cursor, which is a part of URLs. */
export const CURSOR_BYTES = 1_400;
/** The most values of a facet. */
export const FACET_VALUES = 20;
/** The most hits that a search by relevance is paged through; they are pinned with its first page. */
export const PINNED_HITS = 1_000;
export const PINNED_FOR_MS = 5 * 60_000;

/**
 * Finds products by words. Searches never run on the caller's thread, and no typed text makes them fail. Singular and plural count
 * as one word, and the last word also as the beginning of one. Where nothing matches all words, words of 4 letters and more match
 * with one edit (a letter added, removed, replaced, or two swapped) and of 8 and more with two; where nothing matches so either,
 * products match any of the words. Exact matches always come before corrected ones.
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
  /** Makes this build the live one and drops all others, in one step that searches see whole. */
  promote(build: SearchBuild): Promise<void>;
  /** Lists every build by version and number. */
  builds(): Promise<readonly SearchBuildState[]>;
  /** Loads the build's documents of these products, removed ones too. */
  load(build: SearchBuild, skus: readonly string[]): Promise<ReadonlyMap<string, IndexedDocument>>;
  /**
   * Writes final documents, each only where the stored one is at a lower position, then moves the checkpoint from
   * `expected` to `next` (absent: it stays); an adapter without transactions keeps that order.
   * @throws SearchCheckpointConflictError another process has moved the checkpoint, or the build is gone
   */
  apply(build: SearchBuild, writes: readonly SearchWrite[], move?: SearchCheckpointMove): Promise<void>;
  /** Reads the checkpoint of the live build. */
  checkpoint(): Promise<SearchCheckpoint | null>;
  /** @throws SearchCursorError, SearchCursorExpiredError */
  search(query: SearchQuery): Promise<SearchPage>;
  /** Suggests completions of words that are being typed, the likeliest first. */
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

/** The cursor does not belong to this query. */
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
