import { canBeCodePrefix } from '../text/codes.js';
import { wholeCode } from '../text/indexed-words.js';
import { canBeginCode, type SearchWord, type TypedWords } from '../text/search-words.js';

/** Makes the FTS5 expression for all or any of the words, and for the SKU that they may be; null where there is nothing to match. */
export function matchExpression({ words, code }: TypedWords, join: 'AND' | 'OR'): string | null {
  const parts: string[] = [];
  if (words.length > 0) parts.push(`(${words.map(alternatives).join(` ${join} `)})`);
  if (code !== null) parts.push(codeExpression(code));
  return parts.length === 0 ? null : parts.join(' OR ');
}

/** Matches SKUs that have the code from one of their boundaries on. */
export const codeExpression = (code: string): string =>
  canBeCodePrefix(code) ? `({sku} : "${code}" *)` : `({sku} : "${code}")`;

/** Matches the SKU that equals the code in any punctuation. */
export const wholeCodeExpression = (code: string): string => `({sku} : "${wholeCode(code)}")`;

/** Quotes a word; words are letters, or digits and points, which need no escapes. */
function alternatives({ word, stem, isPrefix, corrections }: SearchWord): string {
  const terms = new Set([`"${stem}"`, ...corrections.map((correction) => `"${correction.stem}"`)]);
  if (isPrefix) terms.add(canBeginCode(word) ? `"${word}" *` : `(- {sku} : "${word}" *)`);
  return `(${[...terms].join(' OR ')})`;
}
