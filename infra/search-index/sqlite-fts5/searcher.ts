import type Database from 'better-sqlite3';
import { PINNED_HITS, SearchCursorError, SearchCursorExpiredError } from '../search-index.js';
import type { SearchCursor, SearchFacets, SearchHit, SearchPage, SearchQuery, Suggestion } from '../search-index.js';
import { BuildTables } from './build-tables.js';
import { FacetCounter } from './facet-counter.js';
import { findWords, type Found } from './find-words.js';
import { LiveBuild } from './live-build.js';
import type { Pinned, PinnedHits } from './pinned-hits.js';
import { rowOrder } from './row-order.js';
import { Scorer } from './scorer.js';
import { matcherOf, type SearchWord } from '../text/search-words.js';
import { suggest } from './suggest.js';
import { highlight } from '../text/highlight.js';
import { TopRows } from './top-rows.js';

interface LiveRow {
  readonly number: number;
  readonly commits: number;
}

interface Current {
  readonly number: number;
  readonly build: LiveBuild;
}

const NO_FACETS: SearchFacets = { category: [], brand: [], price: [] };
const NOTHING: SearchPage = { hits: [], total: 0, facets: NO_FACETS, next: null };
const PINNED = 'pinned';
const NAMED = 1e9;
const PARTLY_NAMED = 1e8;

/** Answers searches on its thread, each in one short read transaction. */
export class Searcher {
  readonly #live: Database.Statement<[], LiveRow>;
  readonly #answer: (query: SearchQuery) => SearchPage;
  readonly #suggest: (words: string, limit: number) => Suggestion[];
  #current: Current | null = null;

  constructor(
    private readonly database: Database.Database,
    private readonly pinned: PinnedHits,
  ) {
    this.#live = database.prepare('SELECT number, commits FROM builds WHERE live = 1');
    this.#answer = database.transaction((query: SearchQuery) => this.#search(query));
    this.#suggest = database.transaction((words: string, limit: number) => {
      const current = this.#refreshed();
      return current === null ? [] : suggest(current.build, words, limit);
    });
  }

  search(query: SearchQuery): SearchPage {
    return this.#answer(query);
  }

  suggest(words: string, limit: number): Suggestion[] {
    return this.#suggest(words, limit);
  }

  #refreshed(): Current | null {
    const live = this.#live.get();
    if (live === undefined) this.#current = null;
    else if (this.#current?.number !== live.number) {
      this.#current = { number: live.number, build: new LiveBuild(this.database, new BuildTables(live.number)) };
    }
    this.#current?.build.refresh(live?.commits ?? 0);
    return this.#current;
  }

  #search(query: SearchQuery): SearchPage {
    const current = this.#refreshed();
    if (query.after?.[0] === PINNED) return this.#pinnedPage(current, query.after, query.limit);
    if (current === null) return NOTHING;
    const { words = '', sort } = query;
    const found = words.trim() === '' ? null : findWords(current.build, words);
    if (found === null || sort !== 'relevance') return listed(current.build, query, found);
    if (query.after !== undefined) throw new SearchCursorError();
    return this.#byRelevance(current, query, found);
  }

  #byRelevance({ number, build }: Current, { filter, limit }: SearchQuery, found: Found): SearchPage {
    const { columns } = build;
    const facets = new FacetCounter(columns, filter, columns.priceIn(filter));
    const scorer = new Scorer(columns, found.words);
    const top = new TopRows(PINNED_HITS, (a, b) => {
      const difference = (columns.score[b] ?? 0) - (columns.score[a] ?? 0);
      if (difference !== 0) return difference;
      const stock = (columns.inStock[b] ?? 0) - (columns.inStock[a] ?? 0);
      return stock === 0 ? ((columns.skus[a] ?? '') < (columns.skus[b] ?? '') ? -1 : 1) : stock;
    });
    for (const row of found.rows) {
      if (!facets.take(row)) continue;
      columns.score[row] = scorer.score(row) + namedScore(found, row);
      top.add(row);
    }
    const { words } = found;
    const rows = Int32Array.from(top.sorted());
    const pinned: Pinned = { build: number, rows, words, total: facets.total, facets: facets.facets() };
    const next = rows.length > limit ? [PINNED, this.pinned.add(pinned), limit] : null;
    return pageOf(build, pinned, { from: 0, to: limit, next });
  }

  #pinnedPage(current: Current | null, [, id, from]: SearchCursor, limit: number): SearchPage {
    if (typeof id !== 'string' || typeof from !== 'number' || !Number.isInteger(from) || from < 0)
      throw new SearchCursorError();
    const pinned = this.pinned.get(id);
    if (pinned === undefined || pinned.build !== current?.number) throw new SearchCursorExpiredError();
    const to = from + limit;
    const next = pinned.rows.length > to ? [PINNED, id, to] : null;
    return pageOf(current.build, pinned, { from, to, next });
  }
}

const namedScore = ({ named, partlyNamed }: Found, row: number): number =>
  named.has(row) ? NAMED : partlyNamed.has(row) ? PARTLY_NAMED : 0;

interface Slice {
  readonly from: number;
  readonly to: number;
  readonly next: SearchCursor | null;
}

function pageOf(build: LiveBuild, { rows, words, total, facets }: Pinned, { from, to, next }: Slice): SearchPage {
  return { hits: hitsOf(build, rows.subarray(from, to), words), total, facets, next };
}

/** Lists matches, or all products, by price, name or age. */
function listed(build: LiveBuild, { filter, sort, limit, after }: SearchQuery, found: Found | null): SearchPage {
  const { columns } = build;
  const priceOf = columns.priceIn(filter);
  const order = rowOrder(columns, found === null && sort === 'relevance' ? 'name' : sort, priceOf);
  const isAfter = after === undefined ? undefined : order.readCursor(after);
  const facets = new FacetCounter(columns, filter, priceOf);
  const top = new TopRows(limit + 1, order.compare);
  const take = (row: number): void => {
    if (facets.take(row) && (isAfter === undefined || isAfter(row))) top.add(row);
  };
  if (found !== null) for (const row of found.rows) take(row);
  else for (let row = 1; row <= columns.highest; row += 1) if (columns.isListed[row] === 1) take(row);
  const rows = top.sorted();
  const last = rows[limit - 1];
  return {
    hits: hitsOf(build, rows.slice(0, limit), found?.words ?? []),
    total: facets.total,
    facets: facets.facets(),
    next: rows.length > limit && last !== undefined ? order.cursorOf(last) : null,
  };
}

function hitsOf(build: LiveBuild, rows: Iterable<number>, words: readonly SearchWord[]): SearchHit[] {
  const matches = matcherOf(words);
  const hits: SearchHit[] = [];
  for (const row of rows) {
    const document = build.document(row);
    if (document === undefined) continue;
    const html = words.length === 0 ? undefined : highlight(document.name, matches);
    hits.push(html === undefined ? { document } : { document, highlight: html });
  }
  return hits;
}
