import type { EventMetadata } from '../event-store.js';
import type { CommittedEvent } from './committed-event.js';
import type { Connection } from './log-file.js';
import { LogReader } from './log-reader.js';
import type { Names } from './names.js';
import { idOf, type SubmittedBatch, type SubmittedEvent } from './submitted-append.js';
import { ALREADY_THERE, EXPECT_ANY, ID_CONFLICT, type Outcome } from './writer-protocol.js';

/** Tells a repeated batch from a new one by the events at its place in the stream. */
export class RecordedBatches {
  readonly #reader: LogReader;

  constructor(db: Connection, names: Names) {
    this.#reader = new LogReader(db, names);
  }

  /** Finds the recorded batch; null where no id of the batch is recorded. */
  outcomeOf(batch: SubmittedBatch): Outcome | null {
    const { stream, events } = batch;
    const first = this.#placeOf(batch);
    if (first === null) return null;
    const there = this.#reader.stream(stream, first, { most: events.length, backwards: false });
    const last = there.at(-1);
    const different = events.findIndex((event, index) => !isSame(event, there[index]));
    if (different < 0 && last !== undefined) return [ALREADY_THERE, last.revision, last.position];
    const ids = new Set(there.map(({ id }) => id));
    return events.some((event) => ids.has(idOf(event))) ? [ID_CONFLICT, different, 0] : null;
  }

  /** Finds the revision of the batch's first event; null where it has none. */
  #placeOf({ stream, events, expected }: SubmittedBatch): number | null {
    if (expected !== EXPECT_ANY) return expected + 1;
    const [first] = events;
    if (first === undefined) return null;
    const ofCommand = this.#reader.command(stream, first.metadata.commandId);
    const firstId = idOf(first);
    return ofCommand.find(({ id }) => id === firstId)?.revision ?? null;
  }
}

const isSame = (event: SubmittedEvent, there: CommittedEvent | undefined): boolean =>
  there !== undefined &&
  idOf(event) === there.id &&
  event.type === there.type &&
  event.data === there.data &&
  isSameCause(event.metadata, there.metadata);

/** Compares metadata without the trace, which belongs to the attempt and not to the command. */
const isSameCause = (one: EventMetadata, other: EventMetadata): boolean =>
  one.commandId === other.commandId &&
  one.correlationId === other.correlationId &&
  one.causationId === other.causationId &&
  one.actor === other.actor &&
  one.requestHash === other.requestHash;

/** Finds the index of an event whose id another event of the batch has; -1 where there is none. */
export function repeatedId(events: readonly SubmittedEvent[]): number {
  if (events.length < 2) return -1;
  const follow = events.every(({ key }) => typeof key === 'number');
  // Command and index determine the id that is derived from them.
  const ids = events.map((event) => (follow ? `${event.metadata.commandId}/${event.key}` : idOf(event)));
  return new Set(ids).size === ids.length ? -1 : ids.findIndex((id, index) => ids.indexOf(id) !== index);
}
