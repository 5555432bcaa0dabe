/** Told of appends that were committed together: how many, and how long that took. */
export type CommitObserver = (appends: number, milliseconds: number) => void;

/** Told each time the server has ended the subscription to the log as this process took its events too slowly. */
export type DropObserver = (reason: string) => void;

export interface LogObserver {
  readonly onCommit?: CommitObserver;
  readonly onDropped?: DropObserver;
}
