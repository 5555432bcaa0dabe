export { openTemporaryReadStore, type TemporaryReadStore } from './temporary-read-store.js';
