export { seeCollections } from './database-file.js';
export { openSqliteReadStore } from './sqlite-read-store.js';
