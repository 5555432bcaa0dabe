export { openSqliteDocumentStore } from './open-sqlite-document-store.js';
export { openThreadedDocumentStore } from './threaded-document-store.js';
