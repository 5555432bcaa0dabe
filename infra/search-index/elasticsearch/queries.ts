import type { estypes } from '@elastic/elasticsearch';
import { LONGEST_BEGINNING, SHORTEST_BEGINNING } from './index-layout.js';

export type Query = NonNullable<estypes.QueryDslQueryContainer>;
export type Aggregation = NonNullable<estypes.AggregationsAggregationContainer>;
export type WordField = 'text' | 'codeWords' | 'main' | 'nameAt' | 'nameWords' | 'brandWords' | 'categoryWords';

export const LISTED: Query = { term: { listed: true } };

export const term = (field: string, value: string): Query => ({ term: { [field]: value } });
export const terms = (field: string, values: readonly string[]): Query => ({ terms: { [field]: [...values] } });
export const anyOf = (should: Query[]): Query => ({ bool: { should, minimum_should_match: 1 } });
export const allOf = (filter: Query[]): Query => ({ bool: { filter } });
export const worth = (filter: Query, boost: number): Query => ({ constant_score: { filter, boost } });

/** Words that begin so. Those of all texts are many: their beginnings are indexed. */
export const beginning = (field: WordField, word: string): Query =>
  field === 'text' && word.length >= SHORTEST_BEGINNING && word.length <= LONGEST_BEGINNING
    ? term('text.beginnings', word)
    : { prefix: { [field]: word } };
