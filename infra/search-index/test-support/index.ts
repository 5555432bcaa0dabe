export { openTemporarySearchIndex, type TemporarySearchIndex } from './temporary-search-index.js';
