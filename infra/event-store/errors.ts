import { StoreUnavailableError } from '../shared/store-errors.js';

export class WrongExpectedRevisionError extends Error {
  constructor(
    readonly stream: string,
    readonly expected: number | 'no-stream' | 'any',
    /** -1 when there is no such stream. */
    readonly actual: number,
  ) {
    super(`stream ${stream} is at revision ${actual}, not ${expected}`);
    this.name = 'WrongExpectedRevisionError';
  }
}

/** Ids of the batch stand at its place with other content; never a retry, always a bug of the caller. */
export class EventIdConflictError extends Error {
  constructor(
    readonly stream: string,
    readonly eventId: string,
  ) {
    super(`event ${eventId} for stream ${stream} is in the log already with other content or in another place`);
    this.name = 'EventIdConflictError';
  }
}

/** The batch is larger than the store takes in one append; nothing was recorded, and trying again is of no use. */
export class AppendTooLargeError extends Error {
  constructor(stream: string, options?: ErrorOptions) {
    super(`an append to ${stream} is larger than the event store takes (EventStoreDB: its MaxAppendSize)`, options);
    this.name = 'AppendTooLargeError';
  }
}

/** The server holds another log now than the one that was opened; nothing is read from it or appended to it. */
export class OtherLogError extends StoreUnavailableError {
  /** @param found the id of what answers: the same where it is an older state of the log, as from a backup */
  constructor(opened: string, found: string | null) {
    super(`the event store answers with ${otherThan(opened, found)}`);
    this.name = 'OtherLogError';
  }
}

const otherThan = (opened: string, found: string | null): string =>
  found === opened
    ? `log ${opened} as it was before: events that this process has seen are gone from it, as when a backup is put back; ` +
      'put the newer one back, or restart the engine to use the older'
    : `${found === null ? 'an empty log' : `log ${found}`} where log ${opened} was opened: ` +
      'put that one back, or restart the engine to use the other';

/** The first events of a stream were taken away from outside; what is left must not pass for the whole. */
export class CutOffStreamError extends StoreUnavailableError {
  constructor(stream: string, first: number) {
    super(
      `stream ${stream} begins with revision ${first}: what was before was cut off from outside ($maxCount, $maxAge, ` +
        '$tb or a deletion, in its metadata); nothing is decided or shown by what is left',
    );
    this.name = 'CutOffStreamError';
  }
}

/** The answer was lost: the batch may or may not be recorded. Resend it unchanged. */
export class UnknownOutcomeError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnknownOutcomeError';
  }
}

/** What it means that the log ends before what was made of it, and what to do; after `which`. */
export const PUT_BACK =
  'was put back from an older backup: say so with `npm run -s cli -- restored`, which has everything made from it rebuilt';
