export { searchReadModel } from './search.read-model.js';
export { searchSink } from './search-sink.js';
