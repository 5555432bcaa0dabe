import { stemOf } from './stem.js';
import { isUnspaced } from './tokens.js';

/** A candidate for the correction of a word. */
export interface Correction {
  readonly term: string;
  readonly stem: string;
  readonly distance: number;
  /** The term is the beginning of words. */
  readonly isBeginning?: true;
}

export interface CorrectionCandidate extends Correction {
  /** Products that have the term. */
  readonly products: number;
}

const MIN_LENGTH_FOR_ONE = 4;
const MIN_LENGTH_FOR_TWO = 8;
const MOST_CORRECTIONS = 3;
/** Vowels and doubled letters are what is mistaken most, first letters least. */
const SAME_FIRST_LETTER = 4;
const SAME_CONSONANTS = 20;
const VOWELS = /[aeiouy]+/g;
const DOUBLED = /(.)\1+/g;

/** Edits that are forgiven in a word; another letter of a pair makes another word. */
export const editsAllowed = (word: string): number =>
  isUnspaced(word) ? 0 : word.length >= MIN_LENGTH_FOR_TWO ? 2 : word.length >= MIN_LENGTH_FOR_ONE ? 1 : 0;

export const candidate = (term: string, distance: number, products: number): CorrectionCandidate => ({
  term,
  stem: stemOf(term),
  distance,
  products,
});

/** Orders equally near candidates, the likeliest first. */
export function likeliest(word: string, nearest: readonly CorrectionCandidate[]): Correction[] {
  const sound = consonantsOf(word);
  const likelihood = ({ term, products }: CorrectionCandidate): number =>
    products * (term[0] === word[0] ? SAME_FIRST_LETTER : 1) * (consonantsOf(term) === sound ? SAME_CONSONANTS : 1);
  return distinctStems(nearest.toSorted((a, b) => likelihood(b) - likelihood(a))).slice(0, MOST_CORRECTIONS);
}

const consonantsOf = (word: string): string => word.replace(VOWELS, '').replace(DOUBLED, '$1');

function distinctStems(found: readonly CorrectionCandidate[]): CorrectionCandidate[] {
  const stems = new Set<string>();
  return found.filter(({ stem }) => !stems.has(stem) && stems.add(stem));
}
