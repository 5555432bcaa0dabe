export { seeCollections } from './database-file.js';
export { openSqliteReadStore } from './sqlite-read-store.js';
export { openThreadedReadStore } from './threaded-read-store.js';
