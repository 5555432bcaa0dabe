export { debouncedSubscription, searchReadModel, searchSink } from './search.read-model.js';
