import type { Connection } from './log-file.js';
import { EventRows } from './event-rows.js';
import { RecordedBatches, repeatedId } from './recorded-batches.js';
import { isBusy, isFatal, isUnknownAtCommit, messageOf } from '../../sqlite/index.js';
import type { Failed } from '../../sqlite/writer/writer-protocol.js';
import { unpack, type SubmittedBatch } from './submitted-append.js';
import {
  ALREADY_THERE,
  APPENDED,
  EXPECT_ANY,
  ID_CONFLICT,
  NOT_TRIED,
  WRONG_REVISION,
  type Appends,
  type Committed,
  type Outcome,
} from './writer-protocol.js';

/** Times that an operator has declared wrong, such as those of a clock that was far ahead, do not count. */
const LAST_AT = `
  SELECT at FROM events
   WHERE position > (SELECT coalesce(max(position), 0) FROM log_record WHERE kind = 'times')
   ORDER BY position DESC LIMIT 1`;

/** Writes each group in one transaction, in which each append succeeds or fails alone, with all its batches. */
export class LogWriter {
  readonly #rows: EventRows;
  readonly #recorded: RecordedBatches;
  readonly #begin;
  readonly #commit;
  readonly #lastAt;
  readonly #pause = new Int32Array(new SharedArrayBuffer(4));
  #at = 0;
  #poison: string | null = null;

  constructor(
    private readonly db: Connection,
    private readonly busyTimeoutMs: number,
  ) {
    this.#rows = new EventRows(db);
    this.#recorded = new RecordedBatches(db, this.#rows.names);
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#lastAt = db.prepare<[], number>(LAST_AT).pluck();
  }

  write(group: Appends): Committed | Failed {
    if (this.#poison !== null) return failed(this.#poison, true);
    let committing = false;
    try {
      this.#lock();
      this.#stamp();
      const outcomes = unpack(group).flatMap((append) => this.#append(append).flat());
      this.#rows.end();
      committing = true;
      this.#commit.run();
      return { kind: 'written', at: this.#at, outcomes };
    } catch (error) {
      this.#undo();
      if (!isFatal(error)) return failed(messageOf(error), false);
      return { ...failed(this.poison(error), true), unknown: committing && isUnknownAtCommit(error) };
    }
  }

  /** Ends writing until a restart, as the kernel may drop pages after a failed fsync. */
  poison(error: unknown): string {
    this.#poison ??= messageOf(error);
    return this.#poison;
  }

  /** Appends all batches or none. */
  #append(batches: readonly SubmittedBatch[]): readonly Outcome[] {
    const known = batches.map((batch) => this.#known(batch));
    if (known.every((outcome) => outcome === null)) return batches.map((batch) => this.#add(batch));
    let refused = known.findIndex((outcome) => outcome !== null && outcome[0] !== ALREADY_THERE);
    if (refused < 0 && known.every((outcome) => outcome !== null)) return known as readonly Outcome[];
    // Only some batches are recorded, so they were not appended together.
    if (refused < 0) refused = known.findIndex((outcome) => outcome !== null);
    return batches.map(({ stream }, index) => {
      if (index !== refused) return [NOT_TRIED, 0, 0];
      const outcome = known[index];
      return outcome?.[0] === ALREADY_THERE ? this.#wrongRevision(stream) : (outcome ?? this.#wrongRevision(stream));
    });
  }

  /** Finds what prevents the batch; null where it can be added. */
  #known(batch: SubmittedBatch): Outcome | null {
    const { stream, expected, events } = batch;
    if (expected !== this.#rows.headOf(stream).revision) {
      const recorded = this.#recorded.outcomeOf(batch);
      if (recorded !== null) return recorded;
      if (expected !== EXPECT_ANY) return this.#wrongRevision(stream);
    }
    const repeated = repeatedId(events);
    return repeated < 0 ? null : [ID_CONFLICT, repeated, 0];
  }

  #wrongRevision(stream: string): Outcome {
    return [WRONG_REVISION, this.#rows.headOf(stream).revision, 0];
  }

  #add({ stream, events }: SubmittedBatch): Outcome {
    const { revision, position } = this.#rows.add(stream, events, () => this.#at);
    return [APPENDED, revision, position];
  }

  /** Retries the lock at short intervals: SQLite's own pauses grow to 100 ms, and a busy process would starve this one. */
  #lock(): void {
    for (const deadline = Date.now() + this.busyTimeoutMs; ; Atomics.wait(this.#pause, 0, 0, 1)) {
      try {
        this.#begin.run();
        return;
      } catch (error) {
        if (!isBusy(error) || Date.now() >= deadline) throw error;
      }
    }
  }

  /** Computes the time of this commit, which is never before that of the last one, whatever the clock shows. */
  #stamp(): void {
    if (this.#rows.begin() || this.#at === 0) this.#at = Math.max(this.#at, this.#lastAt.get() ?? 0);
    this.#at = Math.max(this.#at, Date.now());
  }

  #undo(): void {
    this.#rows.forget();
    try {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back already.
    }
  }
}

const failed = (message: string, poisoned: boolean): Failed => ({ kind: 'failed', message, poisoned, unknown: false });
