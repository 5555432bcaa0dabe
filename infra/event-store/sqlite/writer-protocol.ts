import type { Written } from '../../sqlite/writer/writer-protocol.js';

/** What the writer's thread is started with. */
export interface WriterOptions {
  readonly directory: string;
  /** How long to wait for another process's transaction. */
  readonly busyTimeoutMs: number;
  /** Upper bound of the file, in pages (of 8 KiB); for trying out a full disk. */
  readonly maxPages?: number;
}

/**
 * The appends of a group, flat: cloning many small objects costs more than the events themselves. An append is the
 * count of its batches, and a batch two numbers (expected, count of events) and 1 + 9 × count texts (stream, then those of
 * each event: submitted-append.ts).
 */
export interface Appends {
  readonly numbers: readonly number[];
  readonly texts: readonly (string | null)[];
}

/** `expected` as a number: a revision, or one of these. */
export const EXPECT_NO_STREAM = -1;
export const EXPECT_ANY = -2;

/** Each batch is answered by three numbers: a code and, by code, two details. */
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
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly outcomes: readonly number[];
}

/** On the channel of a log, after each commit. */
export const COMMITTED = 'committed';
