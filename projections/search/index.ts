export { searchReadModel } from './search.read-model.js';
export { debouncedSubscription } from './debounced-subscription.js';
export { searchSink } from './search-sink.js';
