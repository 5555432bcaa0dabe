export { openTemporaryReadModelStore, type TemporaryReadModelStore } from './temporary-read-model-store.js';
