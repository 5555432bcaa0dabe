import { hash } from 'node:crypto';
import type { EventMetadata } from '../event-store.js';

/** What stands before the first event of a stream. */
export const NO_HASH = '';

/** All that a reader sees of an event. */
export interface HashedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly type: string;
  readonly metadata: EventMetadata;
  /** JSON text as it is stored: what is sealed stays sealed. */
  readonly data: string;
}

/**
 * SHA-256, hex, over the hash of the event before it in its stream and all of its own: a JSON array of those, and the text
 * of the data after it.
 */
export function hashOf(before: string, event: HashedEvent): string {
  const { stream, revision, position, id, at, type, metadata, data } = event;
  const { commandId, correlationId, causationId, actor, traceparent = null, requestHash = null } = metadata;
  const place = [before, stream, revision, position, id, at, type];
  const cause = [commandId, correlationId, causationId, actor, traceparent, requestHash];
  return hash('sha256', `${JSON.stringify([...place, ...cause])}${data}`);
}

/** The chain of a log without events. */
export const chainStart = (logId: string): string => hash('sha256', logId);

/** The chain over all, one event further. */
export const chained = (chain: string, eventHash: string): string => hash('sha256', `${chain}${eventHash}`);
