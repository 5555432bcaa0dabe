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

/** Ids of the batch are in the log with other content or elsewhere; never a retry, always a bug of the caller. */
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

/** The store takes no writes (disk full, failed fsync, connection away); nothing of this call was recorded. */
export class StoreUnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreUnavailableError';
  }
}

/** The server holds another log now than the one that was opened; nothing is read from it or appended to it. */
export class OtherLogError extends StoreUnavailableError {
  constructor(opened: string, found: string | null) {
    super(
      `the event store answers with ${found === null ? 'an empty log' : `log ${found}`} where log ${opened} was opened: ` +
        'put that one back, or restart the engine to use the other',
    );
    this.name = 'OtherLogError';
  }
}

/** The answer was lost: the batch may or may not be recorded. Resend it unchanged. */
export class UnknownOutcomeError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnknownOutcomeError';
  }
}

/** The data directory or server cannot be used; the message says what to do. Thrown at start only. */
export class StoreRefusedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreRefusedError';
  }
}

/** What it means that the log ends before what was made of it, and what to do; after `which`. */
export const PUT_BACK =
  'was put back from an older backup: say so with `npm run -s cli -- restored`, which has everything made from it rebuilt';
