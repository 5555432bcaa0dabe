import type { SearchDocument } from '../search-index.js';
import { stemOf } from './stem.js';
import { codeEndings, codeWords, looksLikeCode } from './codes.js';
import { wordsOf } from './tokens.js';

/** Texts of the columns of `words`, in their order. */
export type IndexedWords = readonly [string, string, string, string, string, string];

/** More than all attributes of a product may have; of what is longer still the beginning is searched. */
const MAX_TEXT = 60_000;
const LETTERS = /^[\p{L}\p{M}]{2,}$/u;

export const indexedWords = (document: SearchDocument): IndexedWords => [
  columnOf(document.name),
  columnOf(document.brand ?? ''),
  columnOf(document.categories.join(' ')),
  columnOf(document.description ?? ''),
  columnOf(Object.values(document.attributes).join(' '), ...Object.values(document.attributes).filter(looksLikeCode)),
  [wholeCode(codeEndings(document.sku)[0] ?? ''), ...codeEndings(document.sku), joined(codeWords(document.sku))].join(
    ' ',
  ),
];

/** The term of a whole code, which none of its parts is: no word begins with a point. */
export const wholeCode = (code: string): string => `.${code}`;

/** The distinct written words of the columns that can be corrected to: letters only, so no codes and sizes. */
export function termsOf([name, brand, categories, description]: IndexedWords): Set<string> {
  const terms = new Set<string>();
  for (const column of [name, brand, categories, description]) {
    // The second of a pair is the shared form, and no word that anybody writes.
    for (const pair of column === '' ? [] : column.split(' ')) {
      const word = pair.split(SHARED)[0] ?? pair;
      if (LETTERS.test(word)) terms.add(word);
    }
  }
  return terms;
}

/** Between a word and its shared form: the tokenizer takes it for a space. */
const SHARED = '|';

const columnOf = (text: string, ...codes: readonly string[]): string =>
  text === '' ? '' : joined([...wordsOf(text.slice(0, MAX_TEXT)), ...codes.flatMap(codeWords)]);

const joined = (words: readonly string[]): string => words.map(withStem).join(' ');

function withStem(word: string): string {
  const stem = stemOf(word);
  return stem === word ? word : `${word}${SHARED}${stem}`;
}
