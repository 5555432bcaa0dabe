import { canBeCodePrefix } from '../text/codes.js';
import { canBeginCode, type SearchWord } from '../text/search-words.js';
import { allOf, anyOf, beginning, term, terms, type Query, type WordField } from './queries.js';

export type Join = 'all' | 'any';

/** The interpretation of a search's words. */
export interface Meaning {
  readonly words: readonly SearchWord[];
  readonly code: string | null;
  readonly join: Join;
}

/** Matches products that have the words, or the SKU that these may be, before filters. */
export function matching({ words, code, join }: Meaning): Query {
  const queries: Query[] = [];
  if (words.length > 0) {
    const forms = words.map((word) => anyOf([formsOf('text', word), codeForms(word)]));
    queries.push(join === 'all' ? allOf(forms) : anyOf(forms));
  }
  if (code !== null) queries.push(codeQuery(code));
  return anyOf(queries);
}

/** Matches SKUs that have the code from one of their boundaries on. */
export const codeQuery = (code: string): Query =>
  canBeCodePrefix(code) ? { prefix: { codeEndings: code } } : term('codeEndings', code);

/** Matches a part of a SKU that equals the word. */
const codeForms = ({ word, stem, isPrefix }: SearchWord): Query =>
  anyOf([term('codeWords', stem), ...(isPrefix && canBeginCode(word) ? [beginning('codeWords', word)] : [])]);

/** Matches anything that counts as the word. */
export function formsOf(field: WordField, { word, stem, isPrefix, corrections }: SearchWord): Query {
  const whole = corrections.filter(({ isBeginning }) => !isBeginning);
  const begun = corrections.filter(({ isBeginning }) => isBeginning).map((correction) => correction.term);
  if (isPrefix) begun.push(word);
  const stems = new Set([stem, ...whole.map((correction) => correction.stem)]);
  return anyOf([terms(field, [...stems]), ...begun.map((one) => beginning(field, one))]);
}
