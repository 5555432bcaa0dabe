export { searchReadModel } from './search.read-model.js';
export { debouncedSubscription, searchSink } from './search-sink.js';
