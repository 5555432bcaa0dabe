import { stemOf } from '../text/stem.js';
import { wordsOf } from '../text/tokens.js';

/** The words of a text, as they are compared with those of a search. */
export interface TextWords {
  readonly words: readonly string[];
  readonly stems: readonly string[];
}

/** Distinct values of a column, numbered from 0, with the number of products that have each. */
export class InternedTexts {
  readonly #ids = new Map<string, number>();
  readonly texts: string[] = [];
  readonly counts: number[] = [];
  readonly #words: (TextWords | undefined)[] = [];
  readonly #spaced: (string | undefined)[] = [];

  get size(): number {
    return this.texts.length;
  }

  /** -1 where no product ever had it. */
  idOf(text: string): number {
    return this.#ids.get(text) ?? -1;
  }

  intern(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.texts.push(text) - 1;
    this.counts.push(0);
    this.#ids.set(text, id);
    return id;
  }

  count(id: number, difference: 1 | -1): void {
    this.counts[id] = (this.counts[id] ?? 0) + difference;
  }

  wordsOf(id: number): TextWords {
    const known = this.#words[id];
    if (known !== undefined) return known;
    const words = wordsOf(this.texts[id] ?? '');
    const made = { words, stems: words.map(stemOf) };
    this.#words[id] = made;
    return made;
  }

  /** The words of a text, each after a space: “ word” is in it where one of them begins so. */
  spacedWordsOf(id: number): string {
    const known = this.#spaced[id];
    if (known !== undefined) return known;
    const made = wordsOf(this.texts[id] ?? '')
      .map((word) => ` ${word}`)
      .join('');
    this.#spaced[id] = made;
    return made;
  }
}
