import { isUnknown, searchWords } from '../text/search-words.js';
import type { SearchWord, TypedText, WordKnowledge } from '../text/search-words.js';
import type { Correction } from '../text/likely-corrections.js';
import { stemOf } from '../text/stem.js';
import type { Connection } from './connection.js';
import { anyOf, beginning, LISTED, term, type Query } from './queries.js';
import { request, totalOf, type Source } from './search-source.js';
import { correctionsIn, nearWords, splitsOf, type NearWords } from './word-lookup.js';
import { codeQuery } from './word-query.js';

/** Typed words, and where they are looked for. */
export interface Asking {
  readonly connection: Connection;
  readonly source: Source;
  readonly typed: TypedText;
}

interface Counted {
  readonly forms: { readonly buckets: Readonly<Record<string, { readonly doc_count: number }>> };
}

interface Learnt {
  readonly counts: ReadonlyMap<string, number>;
  readonly near: NearWords;
  readonly products: number;
}

/** In a text or a SKU. */
const anywhere = (word: string): Query => anyOf([term('text', word), term('codeWords', word)]);

const CODE = 'code';
const stemKey = (stem: string): string => `stem ${stem}`;
const begunKey = (word: string): string => `begun ${word}`;

/** What the index knows of the words of one search, asked for in one request; in a second one what only few searches need. */
export class KnownWords implements WordKnowledge {
  private constructor(
    private readonly asking: Asking,
    private readonly learnt: Learnt,
  ) {}

  static async ask(asking: Asking): Promise<KnownWords> {
    const { typed } = asking;
    const asked: Record<string, Query> = {};
    for (const word of typed.words) {
      asked[stemKey(stemOf(word))] = anywhere(stemOf(word));
      asked[begunKey(word)] = beginning('text', word);
    }
    if (typed.code !== null) asked[CODE] = codeQuery(typed.code);
    return new KnownWords(asking, await learn(asking, asked, nearWords(typed.words, 'missing')));
  }

  /** The same with all that any words may have been meant as. */
  async deepened(): Promise<KnownWords> {
    const { counts, products } = this.learnt;
    const asked: Record<string, Query> = {};
    const { words } = this.asking.typed;
    const parts = words.filter((word) => !this.#isKnown(word)).flatMap((word) => splitsOf(word).flat());
    for (const stem of parts.map(stemOf)) asked[stemKey(stem)] = term('text', stem);
    const more = await learn(this.asking, asked, nearWords(words, 'always'));
    const learnt = { products, near: more.near, counts: new Map([...counts, ...more.counts]) };
    return new KnownWords(this.asking, learnt);
  }

  get words(): SearchWord[] {
    return searchWords(this.asking.typed.words, this, this.learnt.products);
  }

  get hasCode(): boolean {
    return this.#count(CODE) > 0;
  }

  /** Nothing has any of the words, nor what they may have been meant as. */
  get isNonsense(): boolean {
    return !this.hasCode && this.asking.typed.words.every((word) => !this.#isKnown(word) && !this.#isCorrigible(word));
  }

  productsWith = (stem: string): number => this.#count(stemKey(stem));
  hasBeginning = (word: string): boolean => this.#count(begunKey(word)) > 0;
  corrections = (word: string, isPrefix: boolean): readonly Correction[] =>
    correctionsIn(this.learnt.near, word, isPrefix);

  /** The split whose rarer part is the most frequent. */
  split(word: string): readonly [string, string] | undefined {
    let best: readonly [string, string] | undefined;
    let most = 0;
    for (const parts of splitsOf(word)) {
      const products = Math.min(...parts.map((part) => this.productsWith(stemOf(part))));
      if (products > most) [best, most] = [parts, products];
    }
    return best;
  }

  isUnknown = (word: SearchWord): boolean => isUnknown(word, this);

  #isKnown(word: string): boolean {
    return this.productsWith(stemOf(word)) > 0 || this.hasBeginning(word);
  }

  #isCorrigible(word: string): boolean {
    return (
      [false, true].some((isPrefix) => this.corrections(word, isPrefix).length > 0) || this.split(word) !== undefined
    );
  }

  #count(key: string): number {
    return this.learnt.counts.get(key) ?? 0;
  }
}

async function learn(
  { connection, source }: Asking,
  asked: Readonly<Record<string, Query>>,
  near: ReturnType<typeof nearWords>,
): Promise<Learnt> {
  const isCounting = Object.keys(asked).length > 0;
  const { hits, aggregations, suggest } = await request<unknown, Counted>(connection, source, {
    size: 0,
    query: LISTED,
    ...(isCounting && { aggs: { forms: { filters: { filters: { ...asked } } } } }),
    ...(Object.keys(near).length > 0 && { suggest: near }),
  });
  const buckets = Object.entries(aggregations?.forms.buckets ?? {});
  return {
    products: totalOf(hits),
    near: suggest,
    counts: new Map(buckets.map(([key, { doc_count }]) => [key, doc_count])),
  };
}
