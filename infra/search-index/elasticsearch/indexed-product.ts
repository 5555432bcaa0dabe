import type { JsonObject } from '../../../domain/shared/json.js';
import type { SearchDocument, SearchWrite } from '../search-index.js';
import { indexedWords, termsOf } from '../text/indexed-words.js';
import { nameKey } from '../text/name-key.js';
import { stemOf } from '../text/stem.js';
import { codeEndings, codeWords, compactCode } from '../text/codes.js';
import { nestedPrices } from './indexed-prices.js';
import { wordsOf } from '../text/tokens.js';

/** Words of a name at this place and after it count alike. */
export const LAST_PLACE = 3;
const PER_FURTHER_WORD = 0.05;
const SHARED = /\|/g;
const HALF_CHARACTER = /\p{Surrogate}/gu;

/** A half of a character is no text to Elasticsearch. */
export const wellFormed = (text: string): string => text.replace(HALF_CHARACTER, '\ufffd');

/** A word of a name with its place there, as one term. */
export const placed = (place: number, word: string): string => `${Math.min(place, LAST_PLACE)}:${word}`;

/** Stored for a product: what came with the write, and what it is found by. A product that was taken out is found by nothing. */
export function indexedProduct({ sku, position, document }: SearchWrite): JsonObject {
  return document === null
    ? { position, document }
    : { position, document, ...soughtValues(sku, document), ...soughtWords(document) };
}

function soughtValues(sku: string, document: SearchDocument): JsonObject {
  return {
    listed: true,
    sku,
    code: compactCode(sku),
    codeEndings: codeEndings(sku),
    codeWords: codeWords(sku)
      .flatMap((word) => [word, stemOf(word)])
      .join(' '),
    title: wellFormed(document.name),
    nameKey: wellFormed(nameKey(document.name)),
    createdAt: Date.parse(document.createdAt),
    ...(document.price === null ? {} : { price: document.price.amount }),
    prices: nestedPrices(document.prices ?? []),
    inStock: document.inStock,
    ...(document.brand === undefined ? {} : { brand: wellFormed(document.brand) }),
    categories: document.categories.map(wellFormed),
  };
}

function soughtWords(document: SearchDocument): JsonObject {
  const columns = indexedWords(document);
  const [name, brand, categories, description, attributes] = columns.map((column) => column.replace(SHARED, ' '));
  const words = wordsOf(document.name);
  const stems = words.map(stemOf);
  const main = `${name} ${brand} ${categories}`;
  return {
    text: distinct(`${main} ${description} ${attributes}`),
    main: distinct(main),
    nameAt: words.map((word, place) => `${placed(place, word)} ${placed(place, stems[place] ?? word)}`).join(' '),
    nameWhole: stems.join(' '),
    nameWords: words.join(' '),
    brandWords: brand ?? '',
    categoryWords: categories ?? '',
    vocabulary: [...termsOf(columns)].join(' '),
    brevity: 1 / (1 + PER_FURTHER_WORD * Math.max(0, words.length - 1)),
  };
}

/** Where words stand is told by other fields. */
const distinct = (words: string): string => [...new Set(words.split(' '))].join(' ');
