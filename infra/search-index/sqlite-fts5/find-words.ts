import type { LiveBuild } from './live-build.js';
import { matchExpression } from './match-expression.js';
import { asBeginnings, corrected, searchWords, typedText, type SearchWord } from '../text/search-words.js';

/** The products that a search is about, before its filters. */
export interface Found {
  readonly rows: readonly number[];
  /** As they were taken: where nothing had them as typed, with corrections. */
  readonly words: readonly SearchWord[];
  /** Rows whose SKU is what was typed. */
  readonly named: ReadonlySet<number>;
}

/**
 * All words as typed; else with the unknown ones corrected; else as beginnings of words; else with any corrected; else products
 * with some of the words.
 */
export function findWords(build: LiveBuild, text: string): Found {
  const { vocabulary } = build;
  const { words: typed, code } = typedText(text);
  const words = searchWords(typed, vocabulary, build.products);
  const named = new Set(code === null ? [] : build.rowsMatching(`{sku} : "${code}"`));
  const match = (tried: readonly SearchWord[] | undefined, join: 'AND' | 'OR'): Found | undefined => {
    const expression = tried === undefined ? null : matchExpression({ words: tried, code }, join);
    const rows = expression === null ? [] : build.rowsMatching(expression);
    return tried === undefined || rows.length === 0 ? undefined : { rows, words: tried, named };
  };
  const exact = match(words, 'AND');
  if (exact !== undefined) return exact;
  const known = corrected(words, vocabulary, 'unknown');
  return (
    match(known, 'AND') ??
    match(asBeginnings(known ?? words), 'AND') ??
    match(corrected(words, vocabulary, 'all'), 'AND') ??
    match(known ?? words, 'OR') ?? { rows: [], words, named }
  );
}
