import { normalEmail } from '../../infra/shared/email-address.js';
import { editDistance } from '../../infra/search-index/text/edit-distance.js';
import { typedWordsOf } from '../../infra/search-index/text/tokens.js';
import { codeKey, halvesOf, nameKeys, namesIn, numberKey, postalKey } from '../../projections/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';

/** One way to find orders by a text. */
export interface Lookup {
  readonly index: string;
  readonly value: string;
}

/** More words are no name. */
const MOST_WORDS = 6;

/** Every way in which a text may be meant; what it is really like decides `scoreOf`. */
export function lookupsFor(q: string): readonly Lookup[] {
  const typed = q.trim();
  const words = typedWordsOf(typed).slice(0, MOST_WORDS);
  const names = new Set(words.flatMap(keysLike));
  return [
    { index: 'by-number', value: numberKey(typed) },
    { index: 'by-reference', value: typed },
    ...(typed.includes('@') ? [{ index: 'by-email', value: normalEmail(typed) }] : []),
    { index: 'by-sku', value: typed },
    ...[codeKey(typed), postalKey(typed), ...names].map((value) => ({ index: 'by-word', value })),
  ];
}

/** Keys of the words that may be meant by one: of its length, one letter more or less, or two in the middle swapped. */
function keysLike(word: string): readonly string[] {
  const middle = Math.floor(word.length / 2);
  const swapped = word.slice(0, middle - 1) + (word[middle] ?? '') + (word[middle - 1] ?? '') + word.slice(middle + 1);
  const lengths = [word.length - 1, word.length, word.length + 1];
  return [
    ...nameKeys(word),
    ...(word.length < SHORT ? [] : [swapped, ...lengths.flatMap((length) => halvesOf(word, length))]),
  ];
}

const SHORT = 4;
const LONG = 8;
const mostTypos = ({ length }: string): number => (length < SHORT ? 0 : length < LONG ? 1 : 2);

const EXACT = 1_000;
const OF_SKU = 700;
const OF_POSTAL_CODE = 600;
/** Of a name in which every word is as it was typed; each typo takes something off. */
const OF_NAME = 500;
const TYPO = 50;

/** How well an order is what a text means: 0 where it is not. */
export function scoreOf(q: string, order: OrderDocument): number {
  const typed = q.trim();
  if (isNamed(typed, order)) return EXACT;
  if (order.lines.some(({ sku }) => sku === typed)) return OF_SKU;
  if (order.words.includes(postalKey(typed))) return OF_POSTAL_CODE;
  return nameScore(typedWordsOf(typed).slice(0, MOST_WORDS), namesIn(order));
}

const isNamed = (typed: string, { orderId, numberKey: number, reference, emailKey, words }: OrderDocument): boolean =>
  orderId === typed ||
  number === numberKey(typed) ||
  reference === typed ||
  (typed.includes('@') && emailKey === normalEmail(typed)) ||
  words.includes(codeKey(typed));

/** Every word that was typed has to be like one of the names. */
function nameScore(typed: readonly string[], names: readonly string[]): number {
  if (typed.length === 0) return 0;
  let typos = 0;
  for (const word of typed) {
    const most = mostTypos(word);
    const least = Math.min(...names.map((name) => editDistance(word, name, { most, isPrefix: false })));
    if (least > most) return 0;
    typos += least;
  }
  return Math.max(1, OF_NAME - typos * TYPO);
}
