import type { estypes } from '@elastic/elasticsearch';

export type Query = NonNullable<estypes.QueryDslQueryContainer>;
export type Aggregation = NonNullable<estypes.AggregationsAggregationContainer>;
/** Fields of words: each also by beginnings. */
export type WordField = 'text' | 'main' | 'nameAt' | 'nameWords' | 'brandWords' | 'categoryWords' | 'vocabulary';

/** Of what is indexed, without room for what stands before a word in `nameAt`. */
const LONGEST_BEGINNING = 20;

export const LISTED: Query = { term: { listed: true } };
export const NOTHING: Query = { match_none: {} };

export const term = (field: string, value: string): Query => ({ term: { [field]: value } });
export const terms = (field: string, values: readonly string[]): Query => ({ terms: { [field]: [...values] } });
export const anyOf = (should: Query[]): Query => ({ bool: { should, minimum_should_match: 1 } });
export const allOf = (filter: Query[]): Query => ({ bool: { filter } });
export const worth = (filter: Query, boost: number): Query => ({ constant_score: { filter, boost } });

/** Words that begin so. */
export const beginning = (field: WordField, word: string): Query =>
  word.length <= LONGEST_BEGINNING ? term(`${field}.beginnings`, word) : { prefix: { [field]: word } };
