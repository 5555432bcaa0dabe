import type { Correction } from './likely-corrections.js';
import { stemOf } from './stem.js';
import { compactCode } from './codes.js';
import { typedWordsOf } from './tokens.js';

/** The vocabulary of all products. */
export interface WordKnowledge {
  /** Counts the products that have a form of the word. */
  productsWith(stem: string): number;
  hasBeginning(word: string): boolean;
  /** Corrects a word that no product has: the nearest words, the likeliest first. */
  corrections(word: string, isPrefix: boolean): readonly Correction[];
  /** Splits a word in two, as “icecream” in “ice” and “cream”. */
  split(word: string): readonly [string, string] | undefined;
}

/** One word of a search, with all words that count as it. */
export interface SearchWord {
  readonly word: string;
  readonly stem: string;
  /** The word may be the beginning of another one. */
  readonly isPrefix: boolean;
  readonly corrections: readonly Correction[];
  /** A rare word says more than a frequent one. */
  readonly weight: number;
}

/** The typed text, within limits. */
export interface TypedText {
  /** Distinct and in order; those that say nothing are left out where others say more. */
  readonly words: readonly string[];
  /** All of it as one code, where it could be a SKU. */
  readonly code: string | null;
}

/** Prepares the typed words. */
export interface TypedWords {
  readonly words: readonly SearchWord[];
  readonly code: string | null;
}

const MAX_TEXT = 300;
const MAX_WORDS = 10;
const MAX_WORD = 40;
/** A single letter begins too many words to mean one. */
const SHORTEST_PREFIX = 2;
const SHORTEST_BEGINNING = 3;
const FILLERS = new Set(['a', 'an', 'and', 'for', 'in', 'of', 'or', 'the', 'to', 'with']);
const SHORTEST_NUMBER = 4;
const DIGIT = /\d/;
const ONLY_DIGITS = /^[\d.]+$/;
/** Sizes and counts stand in most names. */
const NUMBER_WEIGHT = 1;

export function typedText(text: string): TypedText {
  const typed = text.slice(0, MAX_TEXT);
  const all = [...new Set(typedWordsOf(typed).map((word) => word.slice(0, MAX_WORD)))];
  const telling = all.filter((word) => !FILLERS.has(word));
  const code = compactCode(typed);
  return {
    words: (telling.length === 0 ? all : telling).slice(0, MAX_WORDS),
    code: code.length > 0 && code.length <= MAX_WORD ? code : null,
  };
}

export function searchWords(typed: readonly string[], known: WordKnowledge, products: number): SearchWord[] {
  const weightOf = (stem: string): number =>
    DIGIT.test(stem) ? NUMBER_WEIGHT : Math.log(1 + products / (1 + known.productsWith(stem)));
  return typed.map((word, at) => {
    const stem = stemOf(word);
    const isPrefix = at === typed.length - 1 && word.length >= SHORTEST_PREFIX;
    return { word, stem, isPrefix, corrections: [], weight: weightOf(stem) };
  });
}

/** “mac cheese” for macaroni and cheese; undefined where that changes nothing. */
export function asBeginnings(words: readonly SearchWord[]): readonly SearchWord[] | undefined {
  const canBegin = ({ word, isPrefix }: SearchWord): boolean => !isPrefix && word.length >= SHORTEST_BEGINNING;
  return words.some(canBegin) ? words.map((word) => (canBegin(word) ? { ...word, isPrefix: true } : word)) : undefined;
}

/** Tells whether no product has the word, or a word that begins with it. */
export const isUnknown = ({ word, stem, isPrefix }: SearchWord, known: WordKnowledge): boolean =>
  known.productsWith(stem) <= 0 && !DIGIT.test(word) && !(isPrefix && known.hasBeginning(word));

/** Corrects the unknown words, or all of them; undefined where that changes nothing. */
export function corrected(
  words: readonly SearchWord[],
  known: WordKnowledge,
  which: 'unknown' | 'all',
): readonly SearchWord[] | undefined {
  let isChanged = false;
  const result = words.flatMap((word): SearchWord[] => {
    if (which === 'unknown' && !isUnknown(word, known)) return [word];
    const corrections = correctionsOf(word, known);
    if (corrections.length > 0) {
      isChanged = true;
      return [{ ...word, corrections }];
    }
    const parts = known.split(word.word);
    if (parts === undefined) return [word];
    isChanged = true;
    return parts.map((part) => ({ ...word, word: part, stem: stemOf(part), isPrefix: false }));
  });
  return isChanged ? result : undefined;
}

/** A number of few digits begins too many codes to mean one of them. */
export const canBeginCode = (word: string): boolean => word.length >= SHORTEST_NUMBER || !ONLY_DIGITS.test(word);

/** Whole words before beginnings of words. */
export function correctionsOf(
  { word, isPrefix }: Pick<SearchWord, 'word' | 'isPrefix'>,
  known: WordKnowledge,
): readonly Correction[] {
  const whole = known.corrections(word, false);
  return whole.length > 0 || !isPrefix ? whole : known.corrections(word, true);
}

/** Tells which words of a text count as one of the search's. */
export function matcherOf(words: readonly SearchWord[]): (word: string) => boolean {
  const corrections = words.flatMap((word) => word.corrections);
  const stems = new Set([...words, ...corrections.filter(({ isBeginning }) => !isBeginning)].map(({ stem }) => stem));
  const beginnings = [
    ...words.filter(({ isPrefix }) => isPrefix).map(({ word }) => word),
    ...corrections.filter(({ isBeginning }) => isBeginning).map(({ term }) => term),
  ];
  return (word) => stems.has(stemOf(word)) || beginnings.some((beginning) => word.startsWith(beginning));
}
