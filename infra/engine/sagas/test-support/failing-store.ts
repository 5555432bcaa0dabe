import type { EventStore } from '../../../event-store/index.js';

/** Goes wrong in its own way; `append` is what was asked for. */
export type AppendFault = (append: () => Promise<unknown>) => Promise<never>;

/** A store whose next appends to saga streams go wrong in the given ways. */
export function failingStore(store: EventStore, faults: readonly AppendFault[]): EventStore {
  const left = [...faults];
  return {
    logId: store.logId,
    append: async (stream, events, expected) => {
      const fail = stream.startsWith('saga-') ? left.shift() : undefined;
      return fail === undefined
        ? store.append(stream, events, expected)
        : fail(() => store.append(stream, events, expected));
    },
    joint: store.joint,
    chain: store.chain,
    appendAll: async (batches) => {
      const fail = batches.some(({ stream }) => stream.startsWith('saga-')) ? left.shift() : undefined;
      return fail === undefined ? store.appendAll(batches) : fail(() => store.appendAll(batches));
    },
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
  };
}
