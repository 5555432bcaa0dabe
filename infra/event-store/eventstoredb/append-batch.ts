import { EventIdConflictError } from '../errors.js';
import type { IdentifiedEvent } from '../event-ids.js';
import type { ExpectedRevision } from '../event-store.js';

export interface AppendBatch {
  readonly stream: string;
  readonly events: readonly IdentifiedEvent[];
  /** As the caller gave it. */
  readonly expected: ExpectedRevision;
  /** Revision after which it goes; -1 for no stream. */
  readonly after: number;
  /** Of each event, where they were recorded in another log first. */
  readonly recordedAt: readonly string[] | null;
}

/** The revision after which a batch goes; -1 for no stream. */
export const revisionBefore = (expected: number | 'no-stream'): number => (expected === 'no-stream' ? -1 : expected);

/** @throws EventIdConflictError an id stands in the batch twice, which the server would not notice */
export function checkBatch(stream: string, events: readonly IdentifiedEvent[]): void {
  if (events.length === 0) throw new TypeError(`an append to ${stream} needs at least one event`);
  if (events.length === 1) return;
  const ids = new Set<string>();
  for (const { id } of events) {
    if (ids.has(id)) throw new EventIdConflictError(stream, id);
    ids.add(id);
  }
}
