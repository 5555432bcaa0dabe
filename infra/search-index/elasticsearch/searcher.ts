import type { estypes } from '@elastic/elasticsearch';
import { PINNED_HITS, SearchCursorError } from '../search-index.js';
import type {
  SearchCursor,
  SearchDocument,
  SearchFacets,
  SearchFilter,
  SearchHit,
  SearchPage,
  SearchQuery,
} from '../search-index.js';
import { highlight } from '../text/highlight.js';
import { matcherOf, typedText, type SearchWord, type TypedText } from '../text/search-words.js';
import type { Connection } from './connection.js';
import type { DocumentStore } from './document-store.js';
import { dimensionsOf, facetRequest, facetsIn, type FacetAnswer } from './facet-request.js';
import type { IndexNames } from './index-names.js';
import { cursorAfter, listSort, readListCursor } from './list-order.js';
import { meanings } from './meanings.js';
import { pinnedCursor, pinnedError, readPinnedCursor, type Pin, type Pins } from './pinning.js';
import { LISTED, type Query } from './queries.js';
import { scoring } from './score-query.js';
import { liveSource, request, totalOf, type Source } from './search-source.js';
import { matching, type Meaning } from './word-query.js';

interface Stored {
  readonly document: SearchDocument;
}

type Answer = estypes.SearchResponse<Stored, FacetAnswer>;

/** The part of the matches to return, and their order. */
type Slice = Pick<estypes.SearchRequest, 'size' | 'from' | 'sort' | 'search_after'>;

const NO_FACETS: SearchFacets = { category: [], brand: [], price: [] };
const NOTHING: SearchPage = { hits: [], total: 0, facets: NO_FACETS, next: null };
const BY_RELEVANCE: estypes.SortCombinations[] = [{ _score: { order: 'desc' } }, { inStock: 'desc' }, { sku: 'asc' }];

/** The matches, and the interpretation of the words. */
interface Found {
  readonly answer: Answer;
  readonly words: readonly SearchWord[];
}

interface Parts {
  readonly connection: Connection;
  readonly names: IndexNames;
  readonly pins: Pins;
  readonly stored: DocumentStore;
}

export class Searcher {
  constructor(private readonly parts: Parts) {}

  search(query: SearchQuery): Promise<SearchPage> {
    const { words = '', sort, after } = query;
    if (words.trim() === '') return this.#listed(query, null);
    const typed = typedText(words);
    if (sort !== 'relevance') return this.#listed(query, typed);
    return after === undefined ? this.#firstPage(query, typed) : this.#pinnedPage(query, typed, after);
  }

  /** Lists matches, or all products, by price, name or age. */
  async #listed(query: SearchQuery, typed: TypedText | null): Promise<SearchPage> {
    const { filter, limit, after } = query;
    const sort = query.sort === 'relevance' ? 'name' : query.sort;
    const search_after = after === undefined ? undefined : readListCursor(sort, after);
    const slice: Slice = { size: limit + 1, sort: listSort(sort, filter), ...(search_after && { search_after }) };
    const source = liveSource(this.parts.names);
    const found =
      typed === null
        ? { answer: await this.#ask(source, filter, { query: LISTED, slice }), words: [] }
        : await this.#find(source, typed, { filter, slice });
    if (found === null) return NOTHING;
    const all = found.answer.hits.hits;
    const last = all.length > limit ? all[limit - 1]?.sort : undefined;
    return pageOf(found, documentsOf(all.slice(0, limit)), last === undefined ? null : cursorAfter(sort, last));
  }

  /** Searches the pinned index, also for the first page, as a product could otherwise be shown twice or never. */
  async #firstPage({ filter, limit }: SearchQuery, typed: TypedText): Promise<SearchPage> {
    const pin = await this.parts.pins.open();
    if (pin === undefined) return NOTHING;
    let isPaged = false;
    try {
      const found = await this.#find({ pit: { id: pin.id } }, typed, {
        filter,
        slice: { size: limit, sort: BY_RELEVANCE },
      });
      if (found === null) return NOTHING;
      const page = pageOf(found, documentsOf(found.answer.hits.hits), null);
      const next = nextPlace(page.total, limit, pin);
      isPaged = next !== null;
      return { ...page, next };
    } finally {
      if (!isPaged) this.parts.pins.close(pin);
    }
  }

  /** Reads the present documents of products that still exist. */
  async #pinnedPage({ filter, limit }: SearchQuery, typed: TypedText, after: SearchCursor): Promise<SearchPage> {
    const { from, ...pin } = readPinnedCursor(after);
    const size = Math.min(limit, PINNED_HITS - from);
    if (size <= 0) throw new SearchCursorError();
    try {
      const slice: Slice = { size, from, sort: BY_RELEVANCE };
      const found = await this.#find({ pit: { id: pin.id } }, typed, { filter, slice });
      if (found === null) return NOTHING;
      const documents = await this.#current(found.answer.hits.hits);
      const page = pageOf(found, documents, null);
      return { ...page, next: nextPlace(page.total, from + limit, pin) };
    } catch (error) {
      throw pinnedError(error);
    }
  }

  async #current(hits: readonly estypes.SearchHit<Stored>[]): Promise<SearchDocument[]> {
    const index = hits[0]?._index;
    if (index === undefined) return [];
    const skus = documentsOf(hits).map(({ sku }) => sku);
    const now = await this.parts.stored.loadFrom(index, skus);
    return skus.flatMap((sku) => now.get(sku)?.document ?? []);
  }

  /** Finds the first interpretation of the words that any product matches, before filters. */
  async #find(
    source: Source,
    typed: TypedText,
    { filter, slice }: { filter: SearchFilter; slice: Slice },
  ): Promise<Found | null> {
    let last: Found | null = null;
    for await (const meaning of meanings({ connection: this.parts.connection, source, typed })) {
      const answer = await this.#ask(source, filter, { query: wordsQuery(meaning), slice });
      last = { answer, words: meaning.words };
      if ((answer.aggregations?.matched.doc_count ?? 0) > 0) break;
    }
    return last;
  }

  #ask(source: Source, filter: SearchFilter, { query, slice }: { query: Query; slice: Slice }): Promise<Answer> {
    const dimensions = dimensionsOf(filter);
    return request<Stored, FacetAnswer>(this.parts.connection, source, {
      ...slice,
      query,
      post_filter: { bool: { filter: Object.values(dimensions) } },
      aggs: facetRequest(dimensions, filter),
      _source: ['document'],
    });
  }
}

const wordsQuery = (meaning: Meaning): Query => ({
  bool: { filter: [LISTED, matching(meaning)], should: scoring(meaning) },
});

const nextPlace = (total: number, from: number, pin: Pin): SearchCursor | null =>
  from < Math.min(total, PINNED_HITS) ? pinnedCursor({ ...pin, from }) : null;

const documentsOf = (hits: readonly estypes.SearchHit<Stored>[]): SearchDocument[] =>
  hits.flatMap(({ _source }) => (_source === undefined ? [] : [_source.document]));

function pageOf({ answer, words }: Found, documents: readonly SearchDocument[], next: SearchCursor | null): SearchPage {
  const { hits, aggregations } = answer;
  const facets = aggregations === undefined ? NO_FACETS : facetsIn(aggregations);
  return { hits: hitsOf(documents, words), total: totalOf(hits), facets, next };
}

function hitsOf(documents: readonly SearchDocument[], words: readonly SearchWord[]): SearchHit[] {
  if (words.length === 0) return documents.map((document) => ({ document }));
  const matches = matcherOf(words);
  return documents.map((document) => {
    const html = highlight(document.name, matches);
    return html === undefined ? { document } : { document, highlight: html };
  });
}
