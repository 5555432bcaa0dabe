import type { estypes } from '@elastic/elasticsearch';
import { editDistance } from '../text/edit-distance.js';
import {
  candidate,
  editsAllowed,
  likeliest,
  type Correction,
  type CorrectionCandidate,
} from '../text/likely-corrections.js';

const LETTERS = /^[\p{L}\p{M}]+$/u;
/** The most candidates of a word, of which the nearest are taken. */
const MOST_CANDIDATES = 30;
/** The setting by which frequent words are corrected too. */
const ANY_FREQUENCY = 1e9;
const SHORTEST_PART = 3;

type Suggestions = Record<string, NonNullable<estypes.SearchFieldSuggester> | string>;
type Field = 'vocabulary' | 'vocabulary.beginnings';

/** Makes the request for indexed words near these; with `missing` only for words that no product has. */
export function nearWords(words: readonly string[], mode: 'missing' | 'always'): Suggestions {
  const asked: Suggestions = {};
  const corrigible = words.filter((word) => LETTERS.test(word) && editsAllowed(word) > 0);
  for (const word of corrigible) {
    asked[wholeKey(word)] = { text: word, term: nearTerm('vocabulary', word, mode) };
  }
  const last = words.at(-1);
  if (last !== undefined && corrigible.includes(last)) {
    asked[begunKey(last)] = { text: last, term: nearTerm('vocabulary.beginnings', last, mode) };
  }
  return asked;
}

const wholeKey = (word: string): string => `whole ${word}`;
const begunKey = (word: string): string => `begun ${word}`;

const nearTerm = (field: Field, word: string, mode: 'missing' | 'always'): estypes.SearchTermSuggester => ({
  field,
  suggest_mode: mode,
  max_edits: editsAllowed(word),
  prefix_length: 0,
  min_word_length: 1,
  max_term_freq: ANY_FREQUENCY,
  size: MOST_CANDIDATES,
  shard_size: MOST_CANDIDATES,
});

/** The answer to `nearWords`. */
export type NearWords = Record<string, estypes.SearchSuggest[]> | undefined;

/** Selects the nearest words, the likeliest first. */
export function correctionsIn(near: NearWords, word: string, isPrefix: boolean): Correction[] {
  let nearest = editsAllowed(word);
  let found: CorrectionCandidate[] = [];
  for (const { text, freq } of optionsOf(near?.[isPrefix ? begunKey(word) : wholeKey(word)])) {
    const distance = editDistance(word, text, { most: nearest, isPrefix: false });
    if (distance > nearest || distance === 0) continue;
    if (distance < nearest) found = [];
    nearest = distance;
    found.push(candidate(text, distance, freq));
  }
  const corrections = likeliest(word, found);
  return isPrefix ? corrections.map((correction) => ({ ...correction, isBeginning: true })) : corrections;
}

interface Option {
  readonly text: string;
  readonly freq: number;
}

const optionsOf = (suggested: estypes.SearchSuggest[] | undefined): Option[] =>
  (suggested ?? []).flatMap(({ options }) => [options].flat()).flatMap((option) => ('freq' in option ? [option] : []));

/** Lists every split of a word in two, such as “icecream” in “ice” and “cream”. */
export function splitsOf(word: string): (readonly [string, string])[] {
  const splits: (readonly [string, string])[] = [];
  for (let at = SHORTEST_PART; at <= word.length - SHORTEST_PART; at += 1) {
    splits.push([word.slice(0, at), word.slice(at)]);
  }
  return splits;
}
