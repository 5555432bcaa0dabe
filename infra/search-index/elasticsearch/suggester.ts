import type { estypes } from '@elastic/elasticsearch';
import type { Suggestion } from '../search-index.js';
import { correctionsOf, type TypedText } from '../text/search-words.js';
import { stemOf } from '../text/stem.js';
import { typedWordsOf, wordsOf } from '../text/tokens.js';
import type { Connection } from './connection.js';
import type { IndexNames } from './index-names.js';
import { placed } from './indexed-product.js';
import { KnownWords } from './known-words.js';
import { allOf, anyOf, beginning, LISTED, type Aggregation, type Query, type WordField } from './queries.js';
import { liveSource, request } from './search-source.js';

interface Bucket {
  readonly key: string;
  readonly doc_count: number;
  readonly only?: { readonly buckets: readonly { readonly key: string }[] };
}

interface Values {
  readonly values: { readonly buckets: readonly Bucket[] };
}

/** The answer to a request for texts with this beginning. */
interface Answer {
  readonly categories: Values;
  readonly brands: Values;
  readonly starting: Values;
  readonly names: Values;
}

interface Candidate extends Suggestion {
  readonly products: number;
  readonly isStart: boolean;
  readonly spaced: string;
}

/** Beginnings of words; a text has to match one of each list. */
type Patterns = readonly (readonly string[])[];

const MAX_TEXT = 200;
const MAX_WORDS = 8;
/** The most categories and brands, which come before names. */
const MOST_GROUPS = 3;
const SHORTEST_STEM = 4;
/** How many names are fetched: equally frequent ones are ordered here, and names that differ only in punctuation are merged. */
const ROOM = 40;
/** Every product has some: those that begin otherwise are left out here. */
const MOST_CATEGORIES = 500;

/** Suggests completions of words that are being typed. */
export class Suggester {
  constructor(
    private readonly connection: Connection,
    private readonly names: IndexNames,
  ) {}

  /** Finds categories, brands and names with words that begin as typed, or where there are none, as corrected. */
  async suggest(text: string, limit: number): Promise<Suggestion[]> {
    const words = typedWordsOf(text.slice(0, MAX_TEXT)).slice(0, MAX_WORDS);
    if (words.length === 0) return [];
    const found = await this.#candidates(words.map(formsOf), limit);
    if (found.length > 0) return found;
    const meant = await this.#corrected({ words, code: null });
    return meant === undefined ? [] : this.#candidates(meant, limit);
  }

  /** Corrects the words; undefined where there is no correction. */
  async #corrected(typed: TypedText): Promise<Patterns | undefined> {
    const known = await KnownWords.ask({ connection: this.connection, source: liveSource(this.names), typed });
    const deep = await known.deepened();
    if (deep.isNonsense) return undefined;
    return typed.words.flatMap((word, at) => {
      if (known.productsWith(stemOf(word)) > 0 || known.hasBeginning(word)) return [formsOf(word)];
      const corrections = correctionsOf({ word, isPrefix: at === typed.words.length - 1 }, deep);
      if (corrections.length > 0) return [corrections.map(({ term }) => term)];
      return (deep.split(word) ?? [word]).map((part) => [part]);
    });
  }

  async #candidates(patterns: Patterns, limit: number): Promise<Suggestion[]> {
    const size = limit + ROOM;
    const [inName, inBrand, inCategory] = (['nameWords', 'brandWords', 'categoryWords'] as const).map((field) =>
      allOf(patterns.map((forms) => anyBeginning(field, forms))),
    );
    if (inName === undefined || inBrand === undefined || inCategory === undefined) return [];
    const starts = (patterns[0] ?? []).map((form) => beginning('nameAt', placed(0, form)));
    const { aggregations } = await request<unknown, Answer>(this.connection, liveSource(this.names), {
      size: 0,
      track_total_hits: false,
      query: { bool: { filter: [LISTED, anyOf([inName, inBrand, inCategory])] } },
      aggs: {
        categories: counted(inCategory, { field: 'categories', size: MOST_CATEGORIES }),
        brands: counted(inBrand, { field: 'brand', size }),
        starting: counted(allOf([inName, anyOf(starts)]), { field: 'title', size }, ONLY_SKU),
        names: counted(inName, { field: 'title', size }, ONLY_SKU),
      },
    });
    return aggregations === undefined ? [] : chosen(aggregations, patterns, limit);
  }
}

const ONLY_SKU: Record<string, Aggregation> = {
  only: { terms: { field: 'sku', size: 1 } },
};

const counted = (
  filter: Query,
  values: estypes.AggregationsTermsAggregation,
  aggs: Record<string, Aggregation> = {},
): Aggregation => ({ filter, aggs: { values: { terms: values, aggs } } });

const anyBeginning = (field: WordField, forms: readonly string[]): Query =>
  anyOf(forms.map((form) => beginning(field, form)));

function formsOf(word: string): string[] {
  const stem = stemOf(word);
  return stem === word || stem.length < SHORTEST_STEM ? [word] : [word, stem];
}

function chosen({ categories, brands, starting, names }: Answer, patterns: Patterns, limit: number): Suggestion[] {
  const read = ({ values }: Values): Candidate[] =>
    values.buckets.map((bucket) => candidateOf(bucket, patterns)).filter(({ spaced }) => hasAll(spaced, patterns));
  const groups = [categories, brands].flatMap((found) => read(found).sort(likeliestFirst).slice(0, MOST_GROUPS));
  const named = [starting, names].flatMap(read).sort(likeliestFirst);
  const inOrder = [...groups.sort(likeliestFirst).slice(0, MOST_GROUPS), ...named];
  return distinct(inOrder)
    .slice(0, limit)
    .map(({ text, sku }) => (sku === undefined ? { text } : { text, sku }));
}

function candidateOf({ key, doc_count, only }: Bucket, patterns: Patterns): Candidate {
  const spaced = wordsOf(key)
    .map((word) => ` ${word}`)
    .join('');
  const sku = doc_count === 1 ? only?.buckets[0]?.key : undefined;
  const isStart = (patterns[0] ?? []).some((form) => spaced.startsWith(` ${form}`));
  return { text: key, spaced, products: doc_count, isStart, ...(sku !== undefined && { sku }) };
}

const hasAll = (spaced: string, patterns: Patterns): boolean =>
  patterns.every((forms) => forms.some((form) => spaced.includes(` ${form}`)));

const likeliestFirst = (a: Candidate, b: Candidate): number =>
  Number(b.isStart) - Number(a.isStart) || b.products - a.products || shorterFirst(a.text, b.text);

const shorterFirst = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

function distinct(found: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return found.filter(({ spaced }) => !seen.has(spaced) && seen.add(spaced));
}
