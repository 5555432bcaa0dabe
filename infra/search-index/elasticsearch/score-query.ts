import { isTellingCode } from '../text/codes.js';
import type { SearchWord } from '../text/search-words.js';
import { LAST_PLACE, placed } from './indexed-product.js';
import { allOf, beginning, term, worth, type Query, type WordField } from './queries.js';
import { codeQuery, formsOf, type Meaning } from './word-query.js';

const WEIGHT = { name: 1, brand: 0.4, category: 0.3 } as const;
/** Of a word that only begins as the one searched for, or was corrected to; whole words count 1. */
const BEGINNING = 0.6;
const CORRECTED = 0.8;
const LIKELIEST_FIRST = 0.6;
const PER_EARLIER_WORD = 0.4;
/** Of what the words of a name are worth, on top of it. */
const FIRST_WORDS = 0.4;
const WHOLE_NAME = 0.6;
/**
 * Larger than any sum of weights, and all of them together small enough for a score's 24 bits: first the SKU, then how many
 * words are there, then how many as they were typed.
 */
const NAMED = 100_000;
const PARTLY_NAMED = 60_000;
const PER_WORD = 5_000;
const PER_EXACT_WORD = 400;

const PLACES = Array.from({ length: LAST_PLACE + 1 }, (_, place) => place);

/** Names begin with what matters most. */
const early = (place: number): number => 1 / (1 + PER_EARLIER_WORD * Math.min(place, LAST_PLACE));

/** How well products fit; none has to. */
export function scoring({ words, code }: Meaning): Query[] {
  const queries = words.flatMap((word) => [
    worth(formsOf('main', word), PER_WORD),
    worth(term('main', word.stem), PER_EXACT_WORD),
    best(formWorths(word, WEIGHT.brand * word.weight, inField('brandWords'))),
    best(formWorths(word, WEIGHT.category * word.weight, inField('categoryWords'))),
  ]);
  if (words.length > 0) queries.push(nameScore(words));
  if (code !== null) queries.push(worth(term('code', code), NAMED));
  if (code !== null && isTellingCode(code)) queries.push(worth(codeQuery(code), PARTLY_NAMED));
  return queries;
}

/** Short names before long ones. */
function nameScore(words: readonly SearchWord[]): Query {
  const should = [
    ...words.map((word) => best(PLACES.flatMap((place) => formWorths(word, nameWeight(word, place), atPlace(place))))),
    ...orderWorths(words),
  ];
  return {
    function_score: {
      query: { bool: { should } },
      functions: [{ field_value_factor: { field: 'brevity', missing: 1 } }],
      boost_mode: 'multiply',
    },
  };
}

const nameWeight = (word: SearchWord, place: number): number => WEIGHT.name * word.weight * early(place);

function orderWorths(words: readonly SearchWord[]): Query[] {
  const sum = words.reduce((total, word, place) => total + nameWeight(word, place), 0);
  const inOrder = allOf(words.map(({ stem }, place) => term('nameAt', placed(place, stem))));
  const whole = words.map(({ stem }) => stem).join(' ');
  return [worth(inOrder, sum * FIRST_WORDS), worth(term('nameWhole', whole), sum * WHOLE_NAME)];
}

/** Where a word is looked for. */
interface Place {
  stem(stem: string): Query;
  begun(word: string): Query;
}

const inField = (field: WordField): Place => ({
  stem: (stem) => term(field, stem),
  begun: (word) => beginning(field, word),
});

const atPlace = (place: number): Place => ({
  stem: (stem) => term('nameAt', placed(place, stem)),
  begun: (word) => beginning('nameAt', placed(place, word)),
});

function formWorths({ word, stem, isPrefix, corrections }: SearchWord, weight: number, { stem: has, begun }: Place) {
  const worths = [worth(has(stem), weight)];
  if (isPrefix) worths.push(worth(begun(word), weight * BEGINNING));
  for (const [rank, correction] of corrections.entries()) {
    const query = correction.isBeginning ? begun(correction.term) : has(correction.stem);
    worths.push(worth(query, (weight * CORRECTED * LIKELIEST_FIRST ** rank) / correction.distance));
  }
  return worths;
}

const best = (queries: Query[]): Query => ({ dis_max: { queries } });
