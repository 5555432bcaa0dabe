export { openSqliteSearchIndex, type SqliteSearchIndexOptions } from './sqlite-search-index.js';
