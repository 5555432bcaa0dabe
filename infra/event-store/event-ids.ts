import { deriveId } from '../shared/derive-id.js';
import type { EventToAppend } from './event-store.js';

/** Which one of its command's events it is, where its id follows from that; else the id. */
export type EventKey = number | string;

export type IdentifiedEvent = EventToAppend & { readonly id: string };

/** What tells the events of a batch apart: those of one command stand side by side in it. */
export function keysOf(events: readonly Pick<EventToAppend, 'id' | 'metadata'>[]): EventKey[] {
  let [command, index] = ['', 0];
  return events.map(({ id, metadata: { commandId } }) => {
    index = commandId === command ? index + 1 : 0;
    command = commandId;
    return id ?? index;
  });
}

/** An event's id: where it follows from its command's, the UUID version 5 of that and which one of its events it is. */
export const idOfKey = (key: EventKey, commandId: string): string =>
  typeof key === 'string' ? key : deriveId(commandId, String(key));

/** The events of a batch with the ids that were left out. */
export function withIds(events: readonly EventToAppend[]): IdentifiedEvent[] {
  const keys = keysOf(events);
  return events.map((event, index) => ({ ...event, id: idOfKey(keys[index] ?? 0, event.metadata.commandId) }));
}
