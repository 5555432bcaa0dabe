import type { Written } from '../../sqlite/writer/writer-protocol.js';

/** The data that the writer's thread is started with. */
export interface WriterOptions {
  readonly directory: string;
  /** How many milliseconds to wait for another process's transaction. */
  readonly busyTimeoutMs: number;
  /** The most pages of 8 KiB of the file, to simulate a full disk. */
  readonly maxPages?: number;
}

/**
 * The appends of a group as flat lists, as cloning many small objects takes longer than the events themselves. An append is the
 * count of its batches, and a batch two numbers (expected, count of events) and 1 + 9 × count texts (stream, then those of
 * each event: submitted-append.ts).
 */
export interface Appends {
  readonly numbers: readonly number[];
  readonly texts: readonly (string | null)[];
}

/** Numbers for `expected` that are no revision. */
export const EXPECT_NO_STREAM = -1;
export const EXPECT_ANY = -2;

/** Codes of the answer to a batch, which is three numbers: a code and two details. */
export const OUTCOME_FIELDS = 3;
/** Details: revision and position of the batch's last event. */
export const APPENDED = 0;
/** Details: revision and position of the batch's last event, as recorded earlier. */
export const ALREADY_THERE = 1;
/** Details: the stream's revision, and nothing. */
export const WRONG_REVISION = 2;
/** Details: index of the event within the batch, and nothing. */
export const ID_CONFLICT = 3;

/** Another batch of the same append was refused. No details. */
export const NOT_TRIED = 4;

export type Outcome = readonly [code: number, first: number, second: number];

/** The answer to a group of appends. */
export interface Committed extends Written {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly outcomes: readonly number[];
}

/** The message on the channel of a log after each commit. */
export const COMMITTED = 'committed';
