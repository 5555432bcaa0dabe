import type { Correction, Vocabulary } from './vocabulary.js';
import { stemOf } from './text/stem.js';
import { compactCode, wordsOf } from './text/tokens.js';

/** One word of a search, with all that counts as it. */
export interface SearchWord {
  readonly word: string;
  readonly stem: string;
  /** The word may be the beginning of another one. */
  readonly isPrefix: boolean;
  readonly corrections: readonly Correction[];
  /** A rare word says more than a frequent one. */
  readonly weight: number;
}

/** Typed words, made ready. */
export interface TypedWords {
  readonly words: readonly SearchWord[];
  /** All of it as one code, where it could be a SKU. */
  readonly code: string | null;
}

const MAX_TEXT = 300;
const MAX_WORDS = 10;
const MAX_WORD = 40;
/** A single letter begins too many words to mean one. */
const SHORTEST_PREFIX = 2;
const SHORTEST_BEGINNING = 3;
const SHORTEST_CODE_PREFIX = 4;
const FILLERS = new Set(['a', 'an', 'and', 'for', 'in', 'of', 'or', 'the', 'to', 'with']);
const DIGIT = /\d/;
/** Sizes and counts stand in most names. */
const NUMBER_WEIGHT = 1;

export const canBeCodePrefix = (code: string): boolean => code.length >= SHORTEST_CODE_PREFIX && DIGIT.test(code);

export function typedWords(text: string, vocabulary: Vocabulary, products: number): TypedWords {
  const typed = text.slice(0, MAX_TEXT);
  const all = [...new Set(wordsOf(typed).map((word) => word.slice(0, MAX_WORD)))];
  const telling = all.filter((word) => !FILLERS.has(word));
  const kept = (telling.length === 0 ? all : telling).slice(0, MAX_WORDS);
  const code = compactCode(typed);
  const weightOf = (stem: string): number =>
    DIGIT.test(stem) ? NUMBER_WEIGHT : Math.log(1 + products / (1 + vocabulary.productsWith(stem)));
  const words = kept.map((word, at) => {
    const stem = stemOf(word);
    const isPrefix = at === kept.length - 1 && word.length >= SHORTEST_PREFIX;
    return { word, stem, isPrefix, corrections: [], weight: weightOf(stem) };
  });
  return { words, code: code.length > 0 && code.length <= MAX_WORD ? code : null };
}

/** “mac cheese” for macaroni and cheese; undefined where that changes nothing. */
export function asBeginnings(words: readonly SearchWord[]): readonly SearchWord[] | undefined {
  const canBegin = ({ word, isPrefix }: SearchWord): boolean => !isPrefix && word.length >= SHORTEST_BEGINNING;
  return words.some(canBegin) ? words.map((word) => (canBegin(word) ? { ...word, isPrefix: true } : word)) : undefined;
}

/** No product has the word, nor one that begins with it. */
const isUnknown = ({ word, stem, isPrefix }: SearchWord, vocabulary: Vocabulary): boolean =>
  vocabulary.productsWith(stem) <= 0 && !DIGIT.test(word) && !(isPrefix && vocabulary.hasBeginning(word));

/** The words with corrections for those that are unknown, or for all of them; undefined where that changes nothing. */
export function corrected(
  words: readonly SearchWord[],
  vocabulary: Vocabulary,
  which: 'unknown' | 'all',
): readonly SearchWord[] | undefined {
  let isChanged = false;
  const result = words.flatMap((word): SearchWord[] => {
    if (which === 'unknown' && !isUnknown(word, vocabulary)) return [word];
    const corrections = correctionsOf(word, vocabulary);
    if (corrections.length > 0) {
      isChanged = true;
      return [{ ...word, corrections }];
    }
    const parts = vocabulary.split(word.word);
    if (parts === undefined) return [word];
    isChanged = true;
    return parts.map((part) => ({ ...word, word: part, stem: stemOf(part), isPrefix: false }));
  });
  return isChanged ? result : undefined;
}

/** Whole words before beginnings of words. */
function correctionsOf({ word, isPrefix }: SearchWord, vocabulary: Vocabulary): Correction[] {
  const whole = vocabulary.corrections(word, false);
  return whole.length > 0 || !isPrefix ? whole : vocabulary.corrections(word, true);
}
