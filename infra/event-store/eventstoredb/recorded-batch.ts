import { EventIdConflictError } from '../errors.js';
import type { IdentifiedEvent } from '../event-ids.js';
import type { EventMetadata, RecordedEvent } from '../event-store.js';
import type { AppendBatch } from './append-batch.js';
import type { PageReader } from './page-reader.js';

/** A batch as it stands in its stream. */
export interface RecordedBatch {
  readonly events: readonly RecordedEvent[];
  /** The call that recorded it. */
  readonly attempt: string | null;
}

/**
 * Reads the events at the batch's place; null where there are none, or others.
 * @throws EventIdConflictError ids of the batch are recorded, but not the batch
 */
export async function readBatch(reader: PageReader, batch: AppendBatch): Promise<RecordedBatch | null> {
  const { stream, events, after } = batch;
  const page = await reader.stream(stream, { from: after + 1, direction: 'forwards', count: events.length });
  const there = page.events;
  const different = events.findIndex((event, index) => !isSame(batch, index, there[index]?.event));
  if (different < 0) return { events: there.map(({ event }) => event), attempt: there.at(-1)?.attempt ?? null };
  const ids = new Set(there.map(({ event }) => event.id));
  const known = events.find(({ id }) => ids.has(id));
  if (known === undefined) return null;
  // Where only a part of the batch is recorded, the error names the first event that differs.
  throw new EventIdConflictError(stream, (events[different] ?? known).id);
}

/** Whether these are the batch's events, by their ids. */
export const hasSameIds = (events: readonly IdentifiedEvent[], recorded: readonly RecordedEvent[]): boolean =>
  events.length === recorded.length && events.every(({ id }, index) => recorded[index]?.id === id);

function isSame({ events, after, recordedAt }: AppendBatch, index: number, recorded: RecordedEvent | undefined) {
  const event = events[index];
  return (
    event !== undefined &&
    recorded !== undefined &&
    recorded.id === event.id &&
    recorded.revision === after + 1 + index &&
    recorded.type === event.type &&
    (recordedAt === null || recorded.at === recordedAt[index]) &&
    JSON.stringify(recorded.data) === JSON.stringify(event.data) &&
    withoutTrace(recorded.metadata) === withoutTrace(event.metadata)
  );
}

/** The trace belongs to the attempt, not to the command. */
const withoutTrace = (metadata: EventMetadata): string => JSON.stringify({ ...metadata, traceparent: undefined });
