export { openMongoReadModelStore } from './mongo-read-model-store.js';
