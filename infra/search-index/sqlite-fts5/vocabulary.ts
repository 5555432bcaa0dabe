import { bitCount, editDistance, letterBits } from '../text/edit-distance.js';
import {
  candidate,
  editsAllowed,
  likeliest,
  type Correction,
  type CorrectionCandidate,
} from '../text/likely-corrections.js';
import type { WordKnowledge } from '../text/search-words.js';
import { stemOf } from '../text/stem.js';

const SHORTEST_PART = 3;

/** The vocabulary of all products. */
export class Vocabulary implements WordKnowledge {
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

  /** Counts the products that have a form of the word. */
  productsWith(stem: string): number {
    return this.#stems.get(stem) ?? 0;
  }

  hasBeginning(prefix: string): boolean {
    return this.#terms.some((term, id) => term.startsWith(prefix) && (this.#products[id] ?? 0) > 0);
  }

  /** Corrects a word that no product has: the nearest words, the likeliest first. */
  corrections(word: string, isPrefix: boolean): Correction[] {
    const most = editsAllowed(word);
    if (most === 0) return [];
    let nearest = most;
    let found: CorrectionCandidate[] = [];
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
      found.push(candidate(term, distance, products));
    }
    return likeliest(word, found);
  }

  /** Splits a word in two, as “icecream” in “ice” and “cream”: the split whose rarer part is the most frequent. */
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

/** A cheap test that most terms fail. */
const canBeNear = (bits: number, termBits: number, most: number): boolean =>
  bitCount(bits & ~termBits) <= most && bitCount(termBits & ~bits) <= most;
