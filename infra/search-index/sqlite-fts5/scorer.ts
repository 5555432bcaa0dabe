import type { Columns } from './columns.js';
import type { InternedTexts, TextWords } from './interned-texts.js';
import type { SearchWord } from '../text/search-words.js';
import { bitCount } from '../text/edit-distance.js';

const WEIGHT = { name: 10, brand: 4, category: 3 } as const;
/** Of a word that only begins as the one searched for, or was corrected to; whole words count 1. */
const BEGINNING = 0.6;
const CORRECTED = 0.8;
const LIKELIEST_FIRST = 0.6;
const PER_FURTHER_WORD = 0.05;
const PER_EARLIER_WORD = 0.4;
const WHOLE_TEXT = 2;
const FIRST_WORDS = 1.4;
/** Larger than any sum of weights: first by how many words are there, then how many as they were typed. */
const PER_WORD = 1e6;
const PER_EXACT_WORD = 1e4;

/** What one distinct value of a field has of the words. */
class FieldScores {
  readonly #known: Uint8Array;
  readonly #sums: Float64Array;
  readonly #found: Uint16Array;
  readonly #exact: Uint16Array;

  constructor(
    private readonly texts: InternedTexts,
    private readonly words: readonly SearchWord[],
    private readonly weight: number,
  ) {
    this.#known = new Uint8Array(texts.size);
    this.#sums = new Float64Array(texts.size);
    this.#found = new Uint16Array(texts.size);
    this.#exact = new Uint16Array(texts.size);
  }

  score(id: number): void {
    if (this.#known[id] === 1) return;
    this.#known[id] = 1;
    const text = this.texts.wordsOf(id);
    let sum = 0;
    for (const [index, word] of this.words.entries()) {
      const { worth, isExact } = bestIn(text, word);
      if (worth === 0) continue;
      sum += worth * word.weight;
      this.#found[id] = (this.#found[id] ?? 0) | (1 << index);
      if (isExact) this.#exact[id] = (this.#exact[id] ?? 0) | (1 << index);
    }
    if (sum === 0) return;
    const shortness = 1 / (1 + PER_FURTHER_WORD * Math.max(0, text.words.length - this.words.length));
    this.#sums[id] = this.weight * sum * shortness * orderBonus(text, this.words);
  }

  sum = (id: number): number => this.#sums[id] ?? 0;
  found = (id: number): number => this.#found[id] ?? 0;
  exact = (id: number): number => this.#exact[id] ?? 0;
}

/** How well a product fits the words: each distinct name, brand and category is looked at once. */
export class Scorer {
  readonly #names: FieldScores;
  readonly #brands: FieldScores;
  readonly #categories: FieldScores;

  constructor(
    private readonly columns: Columns,
    words: readonly SearchWord[],
  ) {
    this.#names = new FieldScores(columns.names, words, WEIGHT.name);
    this.#brands = new FieldScores(columns.brands, words, WEIGHT.brand);
    this.#categories = new FieldScores(columns.categories, words, WEIGHT.category);
  }

  score(row: number): number {
    const { columns } = this;
    const name = columns.name[row] ?? 0;
    this.#names.score(name);
    let sum = this.#names.sum(name);
    let found = this.#names.found(name);
    let exact = this.#names.exact(name);
    const brand = columns.brand[row] ?? -1;
    if (brand >= 0) {
      this.#brands.score(brand);
      sum += this.#brands.sum(brand);
      found |= this.#brands.found(brand);
      exact |= this.#brands.exact(brand);
    }
    let ofCategories = 0;
    for (const category of columns.categoriesOf[columns.list[row] ?? 0] ?? []) {
      this.#categories.score(category);
      ofCategories = Math.max(ofCategories, this.#categories.sum(category));
      found |= this.#categories.found(category);
      exact |= this.#categories.exact(category);
    }
    return bitCount(found) * PER_WORD + bitCount(exact) * PER_EXACT_WORD + sum + ofCategories;
  }
}

interface Worth {
  readonly worth: number;
  readonly isExact: boolean;
}
const NOTHING: Worth = { worth: 0, isExact: false };

function bestIn({ words, stems }: TextWords, word: SearchWord): Worth {
  const at = stems.indexOf(word.stem);
  if (at >= 0) return { worth: early(at), isExact: true };
  let best = NOTHING;
  for (const [rank, { stem, distance }] of word.corrections.entries()) {
    const found = stems.indexOf(stem);
    const worth = found < 0 ? 0 : (early(found) * CORRECTED * LIKELIEST_FIRST ** rank) / distance;
    if (worth > best.worth) best = { worth, isExact: false };
  }
  if (best !== NOTHING || !word.isPrefix) return best;
  const begun = words.findIndex((one) => one.startsWith(word.word));
  return begun < 0 ? NOTHING : { worth: early(begun) * BEGINNING, isExact: false };
}

/** Names begin with what matters most. */
const early = (at: number): number => 1 / (1 + PER_EARLIER_WORD * Math.min(at, 3));

function orderBonus({ stems }: TextWords, words: readonly SearchWord[]): number {
  if (!words.every(({ stem }, at) => stems[at] === stem)) return 1;
  return stems.length === words.length ? WHOLE_TEXT : FIRST_WORDS;
}
