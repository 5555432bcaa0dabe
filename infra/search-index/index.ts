export * from './search-index.js';

/** Injection token of the search-index port. */
export const SEARCH_INDEX = Symbol('SearchIndex');
