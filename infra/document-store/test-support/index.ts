export { openTemporaryDocumentStore, type TemporaryDocumentStore } from './temporary-document-store.js';
