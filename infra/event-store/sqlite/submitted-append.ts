import { idOfKey, type EventKey } from '../event-ids.js';
import type { EventMetadata, EventToAppend } from '../event-store.js';
import type { Appends } from './writer-protocol.js';

export interface SubmittedEvent {
  readonly key: EventKey;
  readonly type: string;
  /** JSON text. */
  readonly data: string;
  readonly metadata: EventMetadata;
}

export interface SubmittedBatch {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly SubmittedEvent[];
}

/** Number of texts of an event in a group. */
export const EVENT_TEXTS = 9;

/** @param data JSON text */
export function packEvent({ id, type, metadata }: EventToAppend, data: string, texts: (string | null)[]): void {
  const { commandId, correlationId, causationId, actor, traceparent = null, requestHash = null } = metadata;
  texts.push(id ?? null, type, data, commandId, correlationId, causationId, actor, traceparent, requestHash);
}

/** Reads the events of a batch, whose texts begin at `start`. */
export function unpackEvents(texts: readonly (string | null)[], start: number, count: number): SubmittedEvent[] {
  const events: SubmittedEvent[] = [];
  let [command, index] = ['', 0];
  for (let next = start; events.length < count; next += EVENT_TEXTS) {
    const commandId = texts[next + 3] ?? '';
    index = commandId === command ? index + 1 : 0;
    command = commandId;
    events.push(unpackEvent(texts, next, index));
  }
  return events;
}

/** @param index index of the event among those of its command */
function unpackEvent(texts: readonly (string | null)[], start: number, index: number): SubmittedEvent {
  const text = (offset: number): string => texts[start + offset] ?? '';
  const traceparent = texts[start + 7] ?? null;
  const requestHash = texts[start + 8] ?? null;
  const metadata: EventMetadata = {
    commandId: text(3),
    correlationId: text(4),
    causationId: texts[start + 5] ?? null,
    actor: text(6),
    ...(traceparent !== null && { traceparent }),
    ...(requestHash !== null && { requestHash }),
  };
  return { key: texts[start] ?? index, type: text(1), data: text(2), metadata };
}

export const idOf = ({ key, metadata }: SubmittedEvent): string => idOfKey(key, metadata.commandId);

/** Reads the batches of each append. */
export function unpack({ numbers, texts }: Appends): SubmittedBatch[][] {
  const appends: SubmittedBatch[][] = [];
  let [number, text] = [0, 0];
  while (number < numbers.length) {
    const batches: SubmittedBatch[] = [];
    for (let left = numbers[number++] ?? 0; left > 0; left -= 1, number += 2) {
      const stream = texts[text++] ?? '';
      const events = unpackEvents(texts, text, numbers[number + 1] ?? 0);
      text += events.length * EVENT_TEXTS;
      batches.push({ stream, expected: numbers[number] ?? 0, events });
    }
    appends.push(batches);
  }
  return appends;
}
