export { debouncedSubscription, searchReadModel, searchSink } from './search.read-model.js';
export type { SearchedProduct } from './search.read-model.js';
