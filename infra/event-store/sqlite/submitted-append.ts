import type { EventMetadata } from '../event-store.js';
import type { Appends } from './writer-protocol.js';

export interface SubmittedEvent {
  readonly id: string;
  readonly type: string;
  /** JSON text. */
  readonly data: string;
  readonly metadata: EventMetadata;
}

export interface SubmittedAppend {
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

export function unpack({ numbers, texts }: Appends): SubmittedAppend[] {
  const appends: SubmittedAppend[] = [];
  let text = 0;
  for (let number = 0; number < numbers.length; number += 2) {
    const stream = texts[text++] ?? '';
    const events: SubmittedEvent[] = [];
    for (let left = numbers[number + 1] ?? 0; left > 0; left -= 1, text += EVENT_TEXTS)
      events.push(unpackEvent(texts, text));
    appends.push({ stream, expected: numbers[number] ?? 0, events });
  }
  return appends;
}
