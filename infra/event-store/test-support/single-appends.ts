import type { EventStore } from '../event-store.js';

/** The same store without joint appends, as EventStoreDB is. */
export const withSingleAppends = (store: EventStore): EventStore => ({
  logId: store.logId,
  joint: false,
  chain: store.chain,
  append: (stream, events, expected) => store.append(stream, events, expected),
  appendAll: () => Promise.reject(new TypeError('not a joint store')),
  read: (stream, options) => store.read(stream, options),
  readAll: (options) => store.readAll(options),
  readTexts: (options) => store.readTexts(options),
  findCommand: (stream, commandId) => store.findCommand(stream, commandId),
  subscribe: (options, handler) => store.subscribe(options, handler),
  head: () => store.head(),
  positionBefore: (time) => store.positionBefore(time),
  countTypes: (range) => store.countTypes(range),
  ping: () => store.ping(),
  close: () => Promise.resolve(),
});
