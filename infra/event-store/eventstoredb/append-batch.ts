import type { JSONEventData } from '@eventstore/db-client';
import { EventIdConflictError } from '../errors.js';
import type { EventToAppend, ExpectedRevision } from '../event-store.js';
import { encode } from './event-codec.js';

export interface AppendBatch {
  readonly stream: string;
  readonly events: readonly EventToAppend[];
  /** As the caller gave it. */
  readonly expected: ExpectedRevision;
  /** Revision after which it goes; -1 for no stream. */
  readonly after: number;
  /** Of each event, where they were recorded in another log first. */
  readonly recordedAt: readonly string[] | null;
}

/** The revision after which a batch goes; -1 for no stream. */
export const revisionBefore = (expected: number | 'no-stream'): number => (expected === 'no-stream' ? -1 : expected);

/** What goes over the wire, every time the batch is sent: `attempt` stands in its last event. */
export function encodeBatch({ events, recordedAt }: AppendBatch, attempt: string): JSONEventData[] {
  const last = events.length - 1;
  return events.map((event, index) => {
    const _recordedAt = recordedAt?.[index];
    if (index !== last && _recordedAt === undefined) return encode(event, null);
    return encode(event, {
      ...(_recordedAt === undefined ? {} : { _recordedAt }),
      ...(index === last ? { _attempt: attempt } : {}),
    });
  });
}

/** @throws EventIdConflictError an id stands in the batch twice, which the server would not notice */
export function checkBatch(stream: string, events: readonly EventToAppend[]): void {
  if (events.length === 0) throw new TypeError(`an append to ${stream} needs at least one event`);
  if (events.length === 1) return;
  const ids = new Set<string>();
  for (const { id } of events) {
    if (ids.has(id)) throw new EventIdConflictError(stream, id);
    ids.add(id);
  }
}
