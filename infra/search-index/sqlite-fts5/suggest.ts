import type { Suggestion } from '../search-index.js';
import type { Columns } from './columns.js';
import type { InternedTexts } from './interned-texts.js';
import type { LiveBuild } from './live-build.js';
import { stemOf } from './text/stem.js';
import { wordsOf } from './text/tokens.js';
import type { Vocabulary } from './vocabulary.js';

const MAX_TEXT = 200;
const MAX_WORDS = 8;
/** So many categories and brands at most, before the names. */
const MOST_GROUPS = 3;
const SHORTEST_STEM = 4;

interface Candidate {
  readonly text: string;
  readonly spaced: string;
  readonly products: number;
  /** It begins with what was typed. */
  readonly isStart: boolean;
  /** Number of the name; none for a category or brand. */
  readonly name?: number;
}

/** Beginnings of words, each after a space; a text has to have one of each list. */
type Patterns = readonly (readonly string[])[];

/** Categories, brands and names whose words begin as typed; where there are none, as what was probably meant. */
export function suggest({ columns, vocabulary }: LiveBuild, typed: string, limit: number): Suggestion[] {
  const words = wordsOf(typed.slice(0, MAX_TEXT)).slice(0, MAX_WORDS);
  if (words.length === 0) return [];
  const found = candidates(columns, words.map(formsOf));
  const meant = found.length > 0 ? found : candidates(columns, correctedForms(words, vocabulary));
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

function candidates(columns: Columns, patterns: Patterns): Candidate[] {
  const groups = [
    ...matching(columns.categories, categoryCounts(columns), patterns),
    ...matching(columns.brands, columns.brands.counts, patterns),
  ].sort(likeliestFirst);
  const names: Candidate[] = [];
  for (const candidate of matching(columns.names, columns.names.counts, patterns)) {
    names.push({ ...candidate, name: columns.names.idOf(candidate.text) });
  }
  return distinct([...groups.slice(0, MOST_GROUPS), ...names.sort(likeliestFirst)]);
}

function matching(texts: InternedTexts, counts: readonly number[], patterns: Patterns): Candidate[] {
  const found: Candidate[] = [];
  for (const [id, text] of texts.texts.entries()) {
    const products = counts[id] ?? 0;
    if (products === 0) continue;
    const spaced = texts.spacedWordsOf(id);
    if (!patterns.every((forms) => forms.some((form) => spaced.includes(form)))) continue;
    const isStart = patterns[0]?.some((form) => spaced.startsWith(form)) ?? false;
    found.push({ text, spaced, products, isStart });
  }
  return found;
}

function categoryCounts({ categories, lists, categoriesOf }: Columns): number[] {
  const counts = Array.from({ length: categories.size }, () => 0);
  for (const [list, ids] of categoriesOf.entries()) {
    for (const id of ids) counts[id] = (counts[id] ?? 0) + (lists.counts[list] ?? 0);
  }
  return counts;
}

const likeliestFirst = (a: Candidate, b: Candidate): number =>
  Number(b.isStart) - Number(a.isStart) ||
  b.products - a.products ||
  a.text.length - b.text.length ||
  (a.text < b.text ? -1 : 1);

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
