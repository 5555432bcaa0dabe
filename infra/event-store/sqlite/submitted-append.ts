import type { EventMetadata } from '../event-store.js';
import type { Appends } from './writer-protocol.js';

export interface SubmittedEvent {
  readonly id: string;
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

/** Texts of an event among those of its group. */
export const EVENT_TEXTS = 9;

export function packEvent({ id, type, data, metadata }: SubmittedEvent, texts: (string | null)[]): void {
  const { commandId, correlationId, causationId, actor, traceparent = null, requestHash = null } = metadata;
  texts.push(id, type, data, commandId, correlationId, causationId, actor, traceparent, requestHash);
}

/** @param start where the event's texts begin */
export function unpackEvent(texts: readonly (string | null)[], start: number): SubmittedEvent {
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
  return { id: text(0), type: text(1), data: text(2), metadata };
}

/** The batches of each append. */
export function unpack({ numbers, texts }: Appends): SubmittedBatch[][] {
  const appends: SubmittedBatch[][] = [];
  let [number, text] = [0, 0];
  while (number < numbers.length) {
    const batches: SubmittedBatch[] = [];
    for (let left = numbers[number++] ?? 0; left > 0; left -= 1, number += 2) {
      const stream = texts[text++] ?? '';
      const events: SubmittedEvent[] = [];
      for (let more = numbers[number + 1] ?? 0; more > 0; more -= 1, text += EVENT_TEXTS)
        events.push(unpackEvent(texts, text));
      batches.push({ stream, expected: numbers[number] ?? 0, events });
    }
    appends.push(batches);
  }
  return appends;
}
