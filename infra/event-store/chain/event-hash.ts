import { hash } from 'node:crypto';
import type { EventKey } from '../event-ids.js';
import type { EventMetadata } from '../event-store.js';

/** The hash before the first event of a stream. */
export const NO_HASH = '';

/** The place and time of an event in the log. */
export interface EventPlace {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface EventContent {
  readonly key: EventKey;
  readonly type: string;
  readonly metadata: EventMetadata;
  /** JSON text as it is stored, with sealed fields sealed. */
  readonly data: string;
}

/** An event with all that its hash covers. */
export interface HashedEvent extends EventPlace, EventContent {
  readonly id: string;
}

/** An event with its hash, in hex, as it stands in the log. */
export interface ChainedEvent {
  readonly event: HashedEvent;
  readonly hash: string;
}

/**
 * Computes the SHA-256 in hex over the hash of the event before it in its stream and all that a reader sees of the event. Texts
 * follow their lengths, so that different events are hashed differently. For an id that is derived from its command's, the index
 * among the events of the command is hashed instead.
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
