import type { LiveBuild } from './live-build.js';
import { isTellingCode } from '../text/codes.js';
import { codeExpression, matchExpression, wholeCodeExpression } from './match-expression.js';
import { asBeginnings, corrected, searchWords, typedText, type SearchWord } from '../text/search-words.js';

/** The matches of a search before filters. */
export interface Found {
  readonly rows: readonly number[];
  /** The words, with corrections where no product has them as typed. */
  readonly words: readonly SearchWord[];
  /** Rows whose SKU equals the typed text. */
  readonly named: ReadonlySet<number>;
  /** Rows whose SKU has the typed text from a boundary on, where it is probably a code. */
  readonly partlyNamed: ReadonlySet<number>;
}

/**
 * All words as typed; else with the unknown ones corrected; else as beginnings of words; else with any corrected; else products
 * with some of the words.
 */
export function findWords(build: LiveBuild, text: string): Found {
  const { vocabulary } = build;
  const { words: typed, code } = typedText(text);
  const words = searchWords(typed, vocabulary, build.products);
  const rowsOf = (expression: string | null): ReadonlySet<number> =>
    new Set(expression === null ? [] : build.rowsMatching(expression));
  const named = rowsOf(code === null ? null : wholeCodeExpression(code));
  const partlyNamed = rowsOf(code !== null && isTellingCode(code) ? codeExpression(code) : null);
  const match = (tried: readonly SearchWord[] | undefined, join: 'AND' | 'OR'): Found | undefined => {
    const expression = tried === undefined ? null : matchExpression({ words: tried, code }, join);
    const rows = expression === null ? [] : build.rowsMatching(expression);
    return tried === undefined || rows.length === 0 ? undefined : { rows, words: tried, named, partlyNamed };
  };
  const exact = match(words, 'AND');
  if (exact !== undefined) return exact;
  const known = corrected(words, vocabulary, 'unknown');
  return (
    match(known, 'AND') ??
    match(asBeginnings(known ?? words), 'AND') ??
    match(corrected(words, vocabulary, 'all'), 'AND') ??
    match(known ?? words, 'OR') ?? { rows: [], words, named, partlyNamed }
  );
}
