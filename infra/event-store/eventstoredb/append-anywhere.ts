import { EventIdConflictError, WrongExpectedRevisionError } from '../errors.js';
import type { IdentifiedEvent } from '../event-ids.js';
import type { Appended } from '../event-store.js';
import type { AppendBatch } from './append-batch.js';
import type { Appender } from './appender.js';
import { serverBackOff } from './retry.js';
import type { PageReader } from './page-reader.js';
import { readBatch } from './recorded-batch.js';

const PAGE = 512;

interface Found {
  /** Revision of the stream's last event, -1 without one. */
  readonly last: number;
  /** Revision after which the batch stands; null where none of its ids was found. */
  readonly after: number | null;
}

/**
 * Appends at whatever revision the stream has. EventStoreDB detects a repeated append of this kind only among recent ones, so the
 * stream is searched for the batch, and the append expects the revision that the search has seen.
 */
export async function appendAnywhere(
  parts: { readonly appender: Appender; readonly reader: PageReader },
  stream: string,
  events: readonly IdentifiedEvent[],
): Promise<Appended> {
  // A conflict may be with events that no search finds yet, as the server shows events later than it compares revisions with them.
  const backOff = serverBackOff();
  for (let searched = -1; ;) {
    const { last, after } = await search(parts.reader, { stream, events, beyond: searched });
    const batch: AppendBatch = { stream, events, expected: 'any', after: after ?? last, recordedAt: null };
    if (after !== null) return repetition(parts.reader, batch);
    try {
      return await parts.appender.append(batch);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevisionError)) throw error;
      searched = last;
      await backOff.next();
    }
  }
}

async function repetition(reader: PageReader, batch: AppendBatch): Promise<Appended> {
  const found = batch.after < -1 ? null : await readBatch(reader, batch);
  const last = found?.events.at(-1);
  if (last === undefined) throw new EventIdConflictError(batch.stream, batch.events[0]?.id ?? '');
  return { revision: last.revision, position: last.position, events: [] };
}

interface Search {
  readonly stream: string;
  readonly events: readonly IdentifiedEvent[];
  /** Up to this revision there is nothing of the batch. */
  readonly beyond: number;
}

async function search(reader: PageReader, { stream, events, beyond }: Search): Promise<Found> {
  const indexes = new Map(events.map(({ id }, index) => [id, index]));
  let last: number | null = null;
  let from: number | 'end' = 'end';
  for (;;) {
    const page = await reader.stream(stream, { from, direction: 'backwards', count: PAGE });
    for (const { event } of page.events) {
      last ??= event.revision;
      const index = indexes.get(event.id);
      if (index !== undefined) return { last, after: event.revision - index - 1 };
    }
    if (page.isLast || page.next <= beyond) return { last: last ?? -1, after: null };
    from = page.next;
  }
}
