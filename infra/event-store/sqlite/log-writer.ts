import type { Connection } from './log-file.js';
import { RecordedBatches } from './recorded-batches.js';
import { isBusy, isConstraint, isFatal, isUnknownAtCommit, messageOf } from './sqlite-errors.js';
import { StreamHeads } from './stream-heads.js';
import { unpack, type SubmittedAppend } from './submitted-append.js';
import {
  APPENDED,
  EXPECT_ANY,
  WRONG_REVISION,
  type Appends,
  type Committed,
  type Failed,
  type Outcome,
} from './writer-protocol.js';

const INSERT = `
  INSERT INTO events (id, stream, revision, at, type, data, metadata) VALUES (unhex(?, '-'), ?, ?, ?, ?, ?, ?)`;

/** Times that an operator knows to be wrong (a clock that was far ahead) bind nobody. */
const LAST_AT = `
  SELECT at FROM events
   WHERE position > (SELECT coalesce(max(position), 0) FROM log_record WHERE kind = 'times')
   ORDER BY position DESC LIMIT 1`;

/** One transaction a group; each append in it succeeds or fails by itself. */
export class LogWriter {
  readonly #heads: StreamHeads;
  readonly #recorded: RecordedBatches;
  readonly #begin;
  readonly #commit;
  readonly #insert;
  readonly #lastAt;
  readonly #pause = new Int32Array(new SharedArrayBuffer(4));
  #at = 0;
  #poison: string | null = null;

  constructor(
    private readonly db: Connection,
    private readonly busyTimeoutMs: number,
  ) {
    this.#heads = new StreamHeads(db);
    this.#recorded = new RecordedBatches(db);
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#insert = db.prepare<[string, number, number, number, string, string, string]>(INSERT);
    this.#lastAt = db.prepare<[], number>(LAST_AT).pluck();
  }

  write(group: Appends): Committed | Failed {
    if (this.#poison !== null) return failed(this.#poison, true);
    const appends = unpack(group);
    const written = this.#attempt(appends, false);
    // An id is taken: written again with each id looked up before, so that only its own append fails.
    return written === 'id taken' ? (this.#attempt(appends, true) as Committed | Failed) : written;
  }

  /** From here on nothing is written until a restart: the kernel may have dropped what a failed fsync left behind. */
  poison(error: unknown): string {
    this.#poison ??= messageOf(error);
    return this.#poison;
  }

  #attempt(appends: readonly SubmittedAppend[], lookUpIds: boolean): Committed | Failed | 'id taken' {
    let committing = false;
    try {
      this.#lock();
      this.#stamp();
      const outcomes: number[] = [];
      for (const append of appends) outcomes.push(...this.#append(append, lookUpIds));
      committing = true;
      this.#commit.run();
      return { kind: 'committed', at: this.#at, outcomes };
    } catch (error) {
      this.#undo();
      if (isConstraint(error) && !lookUpIds) return 'id taken';
      if (!isFatal(error)) return failed(messageOf(error), false);
      return { ...failed(this.poison(error), true), unknown: committing && isUnknownAtCommit(error) };
    }
  }

  #append(append: SubmittedAppend, lookUpIds: boolean): Outcome {
    const head = this.#heads.of(append.stream);
    const actual = head?.revision ?? -1;
    const fits = append.expected === EXPECT_ANY || append.expected === actual;
    if (!fits || lookUpIds) {
      const recorded = this.#recorded.outcomeOf(append);
      if (recorded !== null) return recorded;
      if (!fits) return [WRONG_REVISION, actual, 0];
    }
    const stream = head ?? this.#heads.create(append.stream);
    let position: number | bigint = 0;
    for (const { id, type, data, metadata } of append.events) {
      stream.revision += 1;
      position = this.#insert.run(id, stream.id, stream.revision, this.#at, type, data, metadata).lastInsertRowid;
    }
    return [APPENDED, stream.revision, Number(position)];
  }

  /** Asks often instead of leaving it to SQLite, whose pauses grow to 100 ms: a busy neighbour would starve this one. */
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

  /** The time of this commit: never before that of the last, whoever wrote it and whatever the clock did since. */
  #stamp(): void {
    if (this.#heads.refresh() || this.#at === 0) this.#at = Math.max(this.#at, this.#lastAt.get() ?? 0);
    this.#at = Math.max(this.#at, Date.now());
  }

  #undo(): void {
    this.#heads.forget();
    try {
      if (this.db.inTransaction) this.db.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself.
    }
  }
}

const failed = (message: string, poisoned: boolean): Failed => ({ kind: 'failed', message, poisoned, unknown: false });
