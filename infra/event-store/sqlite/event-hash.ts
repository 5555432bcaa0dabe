import { hash } from 'node:crypto';
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
  readonly id: string;
  readonly type: string;
  readonly metadata: EventMetadata;
  /** JSON text as it is stored: what is sealed stays sealed. */
  readonly data: string;
}

/**
 * SHA-256, hex, over the hash of the event before it in its stream and all that a reader sees of the event: a JSON array,
 * and after it the text of the data.
 */
export function hashOf(before: string, place: EventPlace, { id, type, metadata, data }: EventContent): string {
  const { stream, revision, position, at } = place;
  const { commandId, correlationId, causationId, actor, traceparent = null, requestHash = null } = metadata;
  // prettier-ignore
  const event = [
    before, stream, revision, position, at, id, type,
    commandId, correlationId, causationId, actor, traceparent, requestHash,
  ];
  return hash('sha256', JSON.stringify(event) + data);
}

/** The chain of a log without events. */
export const chainStart = (logId: string): string => hash('sha256', logId);

/** The chain over all, one event further. */
export const chained = (chain: string, eventHash: string): string => hash('sha256', `${chain}${eventHash}`);
