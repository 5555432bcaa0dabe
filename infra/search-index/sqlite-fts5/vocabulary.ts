import { bitCount, editDistance, letterBits } from './text/edit-distance.js';
import { stemOf } from './text/stem.js';

export interface Correction {
  readonly term: string;
  readonly stem: string;
  readonly distance: number;
}

const MIN_LENGTH_FOR_ONE = 4;
const MIN_LENGTH_FOR_TWO = 8;
const MOST_CORRECTIONS = 3;
const SHORTEST_PART = 3;
/** Vowels and doubled letters are what is mistaken most, first letters least. */
const SAME_FIRST_LETTER = 4;
const SAME_CONSONANTS = 20;
const VOWELS = /[aeiouy]+/g;
const DOUBLED = /(.)\1+/g;

const consonantsOf = (word: string): string => word.replace(VOWELS, '').replace(DOUBLED, '$1');

/** Edits that are forgiven in a word. */
export const editsAllowed = (word: string): number =>
  word.length >= MIN_LENGTH_FOR_TWO ? 2 : word.length >= MIN_LENGTH_FOR_ONE ? 1 : 0;

/** The written words of all products. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #terms: string[] = [];
  readonly #products: number[] = [];
  readonly #bits: number[] = [];
  readonly #stems = new Map<string, number>();

  set(term: string, products: number): void {
    const stem = stemOf(term);
    const id = this.#ids.get(term);
    const before = id === undefined ? 0 : (this.#products[id] ?? 0);
    this.#stems.set(stem, (this.#stems.get(stem) ?? 0) + products - before);
    if (id !== undefined) {
      this.#products[id] = products;
      return;
    }
    this.#ids.set(term, this.#terms.push(term) - 1);
    this.#products.push(products);
    this.#bits.push(letterBits(term));
  }

  /** Products that have a form of the word. */
  productsWith(stem: string): number {
    return this.#stems.get(stem) ?? 0;
  }

  hasBeginning(prefix: string): boolean {
    return this.#terms.some((term, id) => term.startsWith(prefix) && (this.#products[id] ?? 0) > 0);
  }

  /** What a word that nothing has may have been meant as: the nearest only, the likeliest first. */
  corrections(word: string, isPrefix: boolean): Correction[] {
    const most = editsAllowed(word);
    if (most === 0) return [];
    let nearest = most;
    let found: (Correction & { readonly products: number })[] = [];
    const bits = letterBits(word);
    for (let id = 0; id < this.#terms.length; id += 1) {
      const products = this.#products[id] ?? 0;
      const termBits = this.#bits[id] ?? 0;
      if (products <= 0 || !canBeNear(bits, isPrefix ? termBits & bits : termBits, nearest)) continue;
      const term = this.#terms[id] ?? '';
      const distance = editDistance(word, term, { most: nearest, isPrefix });
      if (distance > nearest || distance === 0) continue;
      if (distance < nearest) found = [];
      nearest = distance;
      found.push({ term, stem: stemOf(term), distance, products });
    }
    const sound = consonantsOf(word);
    const likelihood = ({ term, products }: (typeof found)[number]): number =>
      products * (term[0] === word[0] ? SAME_FIRST_LETTER : 1) * (consonantsOf(term) === sound ? SAME_CONSONANTS : 1);
    return distinctStems(found.sort((a, b) => likelihood(b) - likelihood(a))).slice(0, MOST_CORRECTIONS);
  }

  /** “icecream” is “ice” and “cream”: the split whose rarer part is the most frequent. */
  split(word: string): readonly [string, string] | undefined {
    let best: readonly [string, string] | undefined;
    let most = 0;
    for (let at = SHORTEST_PART; at <= word.length - SHORTEST_PART; at += 1) {
      const parts = [word.slice(0, at), word.slice(at)] as const;
      const products = Math.min(...parts.map((part) => this.productsWith(stemOf(part))));
      if (products > most) [best, most] = [parts, products];
    }
    return best;
  }
}

/** What most terms fail at, for little. */
const canBeNear = (bits: number, termBits: number, most: number): boolean =>
  bitCount(bits & ~termBits) <= most && bitCount(termBits & ~bits) <= most;

function distinctStems<Found extends Correction>(found: readonly Found[]): Found[] {
  const stems = new Set<string>();
  return found.filter(({ stem }) => !stems.has(stem) && stems.add(stem));
}
