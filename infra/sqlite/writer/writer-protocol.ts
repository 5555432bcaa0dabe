/** To the thread that owns a file's write connection. */
export type ToWriter<Group> = { readonly kind: 'write'; readonly group: Group } | { readonly kind: 'close' };

/** The answer to a group that was written; a store adds what its callers are told. */
export interface Written {
  readonly kind: 'written';
}

/** The answer to a group of which nothing was written. */
export interface Failed {
  readonly kind: 'failed';
  readonly message: string;
  /** Nothing more will be written until a restart. */
  readonly poisoned: boolean;
  /** A restart may find the group recorded. */
  readonly unknown: boolean;
}

/** Upkeep between two groups failed: nothing more will be written until a restart. */
export interface Poisoned {
  readonly kind: 'poisoned';
  readonly message: string;
}

/** From the thread. It opens the file or is refused, and then answers each group in order. */
export type FromWriter<Answer extends Written, Opened> =
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'refused'; readonly message: string }
  | Answer
  | Failed
  | Poisoned;
