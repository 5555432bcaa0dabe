import type { Connection } from './log-file.js';
import type { SubmittedAppend, SubmittedEvent } from './submitted-append.js';
import { ALREADY_THERE, EXPECT_ANY, ID_CONFLICT, type Outcome } from './writer-protocol.js';

interface RecordedRow {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

const BY_ID = `
  SELECT s.name AS stream, e.revision, e.position, e.type, e.data, e.metadata
    FROM events e JOIN streams s ON s.id = e.stream WHERE e.id = unhex(?, '-')`;

/** Tells a batch that is sent again from a new one, and from one whose ids are taken. */
export class RecordedBatches {
  readonly #byId;

  constructor(db: Connection) {
    this.#byId = db.prepare<[string], RecordedRow>(BY_ID);
  }

  /** Null when no id of the batch is in the log. */
  outcomeOf(append: SubmittedAppend): Outcome | null {
    const rows = append.events.map((event) => this.#byId.get(event.id));
    const last = rows.at(-1);
    if (last !== undefined && isSameBatch(append, rows)) return [ALREADY_THERE, last.revision, last.position];
    const taken = rows.findIndex((row) => row !== undefined);
    const conflict = taken >= 0 ? taken : repeatedId(append.events);
    return conflict < 0 ? null : [ID_CONFLICT, conflict, 0];
  }
}

function isSameBatch(append: SubmittedAppend, rows: readonly (RecordedRow | undefined)[]): boolean {
  const first = append.expected === EXPECT_ANY ? rows[0]?.revision : append.expected + 1;
  return append.events.every((event, index) => {
    const row = rows[index];
    return (
      row !== undefined &&
      row.stream === append.stream &&
      row.revision === (first ?? 0) + index &&
      hasSameContent(event, row)
    );
  });
}

const hasSameContent = (event: SubmittedEvent, row: RecordedRow): boolean =>
  event.type === row.type &&
  event.data === row.data &&
  (event.metadata === row.metadata || withoutTrace(event.metadata) === withoutTrace(row.metadata));

/** The trace belongs to the attempt, not to the command. */
const withoutTrace = (metadata: string): string =>
  JSON.stringify({ ...(JSON.parse(metadata) as object), traceparent: undefined });

const repeatedId = (events: readonly SubmittedEvent[]): number =>
  events.findIndex((event, index) => events.findIndex((other) => other.id === event.id) !== index);
