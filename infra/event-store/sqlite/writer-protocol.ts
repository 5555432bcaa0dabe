/** What passes between the caller's thread and the writer's. */
export interface WriterOptions {
  readonly directory: string;
  /** How long to wait for another process's transaction. */
  readonly busyTimeoutMs: number;
  /** Upper bound of the file, in pages of 4 KiB; for trying out a full disk. */
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

export type ToWriter = { readonly kind: 'append'; readonly appends: Appends } | { readonly kind: 'close' };

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

export interface Committed {
  readonly kind: 'committed';
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly outcomes: readonly number[];
}

export interface Failed {
  readonly kind: 'failed';
  readonly message: string;
  /** Nothing more will be written until a restart. */
  readonly poisoned: boolean;
  /** A restart may find the group recorded. */
  readonly unknown: boolean;
}

export type FromWriter =
  | { readonly kind: 'opened'; readonly logId: string }
  | { readonly kind: 'refused'; readonly message: string }
  /** Upkeep between two groups failed. */
  | { readonly kind: 'poisoned'; readonly message: string }
  | { readonly kind: 'closed' }
  | Committed
  | Failed;

/** On the channel of a log, after each commit. */
export const COMMITTED = 'committed';
