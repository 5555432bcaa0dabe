import type { Suggestion } from '../search-index.js';
import type { Columns } from './columns.js';
import type { InternedTexts } from './interned-texts.js';
import type { LiveBuild } from './live-build.js';
import { stemOf } from '../text/stem.js';
import { typedWordsOf } from '../text/tokens.js';
import { TopRows } from './top-rows.js';
import type { Vocabulary } from './vocabulary.js';

const MAX_TEXT = 200;
const MAX_WORDS = 8;
/** The most categories and brands, which come before names. */
const MOST_GROUPS = 3;
const SHORTEST_STEM = 4;
/** Names that differ in punctuation alone are suggested once. */
const ROOM_FOR_DOUBLES = 10;

interface Candidate {
  readonly text: string;
  readonly spaced: string;
  readonly products: number;
  /** Whether the text begins as typed. */
  readonly isStart: boolean;
  /** Number of the name; absent for a category or brand. */
  readonly name?: number;
}

/** Beginnings of words, each after a space; a text has to match one of each list. */
type Patterns = readonly (readonly string[])[];

/** Finds categories, brands and names with words that begin as typed, or where there are none, as corrected. */
export function suggest({ columns, vocabulary }: LiveBuild, typed: string, limit: number): Suggestion[] {
  const words = typedWordsOf(typed.slice(0, MAX_TEXT)).slice(0, MAX_WORDS);
  if (words.length === 0) return [];
  const found = candidates(columns, words.map(formsOf), limit);
  const meant = found.length > 0 ? found : candidates(columns, correctedForms(words, vocabulary), limit);
  return meant.slice(0, limit).map(({ text, name }) => {
    const sku = name !== undefined && columns.names.counts[name] === 1 ? onlySku(columns, name) : undefined;
    return sku === undefined ? { text } : { text, sku };
  });
}

function formsOf(word: string): string[] {
  const stem = stemOf(word);
  return stem === word || stem.length < SHORTEST_STEM ? [` ${word}`] : [` ${word}`, ` ${stem}`];
}

function correctedForms(words: readonly string[], vocabulary: Vocabulary): Patterns {
  return words.flatMap((word, at) => {
    const isKnown = vocabulary.productsWith(stemOf(word)) > 0 || vocabulary.hasBeginning(word);
    if (isKnown) return [formsOf(word)];
    const isLast = at === words.length - 1;
    const whole = vocabulary.corrections(word, false);
    const terms = whole.length > 0 || !isLast ? whole : vocabulary.corrections(word, true);
    if (terms.length > 0) return [terms.map(({ term }) => ` ${term}`)];
    return (vocabulary.split(word) ?? [word]).map((part) => [` ${part}`]);
  });
}

function candidates(columns: Columns, patterns: Patterns, limit: number): Candidate[] {
  const { categories, brands, names } = columns;
  const groups = [
    ...matching({ texts: categories, counts: categoryCounts(columns) }, patterns, MOST_GROUPS),
    ...matching({ texts: brands, counts: brands.counts }, patterns, MOST_GROUPS),
  ];
  const named = matching({ texts: names, counts: names.counts }, patterns, limit + ROOM_FOR_DOUBLES).map(
    (candidate) => ({ ...candidate, name: names.idOf(candidate.text) }),
  );
  return distinct([...groups.sort(likeliestFirst).slice(0, MOST_GROUPS), ...named]);
}

interface Field {
  readonly texts: InternedTexts;
  /** Products by number of the text. */
  readonly counts: readonly number[];
}

/** Selects the likeliest texts, in order. */
function matching({ texts, counts }: Field, patterns: Patterns, most: number): Candidate[] {
  const starts = patterns[0] ?? [];
  const isStart = new Uint8Array(texts.size);
  const top = new TopRows(
    most,
    (a, b) =>
      (isStart[b] ?? 0) - (isStart[a] ?? 0) ||
      (counts[b] ?? 0) - (counts[a] ?? 0) ||
      shorterFirst(texts.texts[a] ?? '', texts.texts[b] ?? ''),
  );
  for (let id = 0; id < texts.size; id += 1) {
    if ((counts[id] ?? 0) <= 0) continue;
    const spaced = texts.spacedWordsOf(id);
    if (!hasAll(spaced, patterns)) continue;
    if (starts.some((form) => spaced.startsWith(form))) isStart[id] = 1;
    top.add(id);
  }
  return top.sorted().map((id) => ({
    text: texts.texts[id] ?? '',
    spaced: texts.spacedWordsOf(id),
    products: counts[id] ?? 0,
    isStart: isStart[id] === 1,
  }));
}

function hasAll(spaced: string, patterns: Patterns): boolean {
  for (const forms of patterns) if (!hasAny(spaced, forms)) return false;
  return true;
}

function hasAny(spaced: string, forms: readonly string[]): boolean {
  for (const form of forms) if (spaced.includes(form)) return true;
  return false;
}

function categoryCounts({ categories, lists, categoriesOf }: Columns): number[] {
  const counts = Array.from({ length: categories.size }, () => 0);
  for (const [list, ids] of categoriesOf.entries()) {
    for (const id of ids) counts[id] = (counts[id] ?? 0) + (lists.counts[list] ?? 0);
  }
  return counts;
}

const likeliestFirst = (a: Candidate, b: Candidate): number =>
  Number(b.isStart) - Number(a.isStart) || b.products - a.products || shorterFirst(a.text, b.text);

const shorterFirst = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

function distinct(found: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return found.filter(({ spaced }) => !seen.has(spaced) && seen.add(spaced));
}

function onlySku({ name, isListed, skus, highest }: Columns, id: number): string | undefined {
  for (let row = name.indexOf(id, 1); row >= 0 && row <= highest; row = name.indexOf(id, row + 1)) {
    if (isListed[row] === 1) return skus[row];
  }
  return undefined;
}
