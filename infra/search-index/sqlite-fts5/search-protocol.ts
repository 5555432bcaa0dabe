import type { SearchPage, SearchQuery, Suggestion } from '../search-index.js';

/** The data that the search thread is started with. */
export interface SearchThreadOptions {
  readonly directory: string;
  readonly pinnedForMs: number;
}

export type Asked =
  | { readonly kind: 'search'; readonly query: SearchQuery }
  | { readonly kind: 'suggest'; readonly words: string; readonly limit: number }
  | { readonly kind: 'ping' };

export type ToSearch = { readonly id: number; readonly asked: Asked } | { readonly kind: 'close' };

export type Answer = SearchPage | readonly Suggestion[] | null;

/** An error in messages between threads. */
export interface Failure {
  readonly reason: 'cursor' | 'cursor-expired' | 'unavailable' | 'defect';
  readonly message: string;
}

export type FromSearch =
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };
