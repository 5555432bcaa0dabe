import { hash } from 'node:crypto';
import type { EventKey } from '../event-ids.js';
import type { EventMetadata } from '../event-store.js';

/** What stands before the first event of a stream. */
export const NO_HASH = '';

/** Where and when an event stands in the log. */
export interface EventPlace {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface EventContent {
  readonly key: EventKey;
  readonly type: string;
  readonly metadata: EventMetadata;
  /** JSON text as it is stored: what is sealed stays sealed. */
  readonly data: string;
}

/**
 * SHA-256, hex, over the hash of the event before it in its stream and all that a reader sees of the event. Texts stand
 * behind their lengths, so that no two events are hashed alike. An id that follows from the command's is not worked out for
 * it: which one of its command's events it is says the same.
 */
export function hashOf(before: string, place: EventPlace, { key, type, metadata, data }: EventContent): string {
  const { stream, revision, position, at } = place;
  const { commandId, correlationId, causationId, actor, traceparent, requestHash } = metadata;
  const numbers = `${revision},${position},${at},`;
  const what = `${typeof key === 'number' ? key : sized(key)},${sized(stream)},${sized(type)},${sized(actor)},`;
  const cause = `${sized(commandId)},${sized(correlationId)},${sized(causationId)},`;
  return hash('sha256', `${before},${numbers}${what}${cause}${sized(traceparent)},${sized(requestHash)},${data}`);
}

const sized = (text: string | null | undefined): string =>
  text === null || text === undefined ? '-' : `${text.length}:${text}`;
