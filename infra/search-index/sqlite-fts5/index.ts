export { seeBuilds } from './search-file.js';
export { openSqliteSearchIndex, type SqliteSearchIndexOptions } from './sqlite-search-index.js';
