export * from './document-store.js';
export { readCursor, resetCursor, StoredCursor } from './stored-cursor.js';
