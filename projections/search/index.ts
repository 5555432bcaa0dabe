export { searchReadModel } from './search.read-model.js';
export { unhurriedEvents } from './unhurried-events.js';
export { searchSink } from './search-sink.js';
