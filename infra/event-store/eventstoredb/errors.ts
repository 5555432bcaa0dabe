import { StoreRefusedError, StoreUnavailableError } from '../../shared/store-errors.js';
import { CutOffStreamError, OtherLogError, UnknownOutcomeError } from '../errors.js';

/**
 * The meaning of a failed call. `away`: it has changed nothing, and may succeed later. `refused`: it has changed nothing, and never
 * will. `unknown`: it may have been carried out.
 */
export type Failure = 'away' | 'refused' | 'unknown';

/** The driver's errors are asked by shape, not by class: they may come from another realm. */
interface DriverError {
  readonly type?: unknown;
  /** gRPC status. */
  readonly code?: unknown;
  readonly message?: unknown;
  readonly actualVersion?: unknown;
  readonly metadata?: { get(key: string): readonly unknown[] };
}

const shapeOf = (error: unknown): DriverError => (typeof error === 'object' && error !== null ? error : {});

export const messageOf = (error: unknown): string => String(shapeOf(error).message ?? error);

const REFUSED_TYPES = new Set<unknown>([
  'access-denied',
  'stream-deleted',
  'maximum-append-size-exceeded',
  'invalid-argument',
  'invalid-transaction',
]);
const UNAUTHENTICATED = 16;
/** INVALID_ARGUMENT, PERMISSION_DENIED, UNIMPLEMENTED */
const REFUSED_CODES = new Set<unknown>([3, 7, 12, UNAUTHENTICATED]);
/** The call never left, or the node says that it did not look at it. */
const NOT_SENT =
  /No connection established|before call started|Name resolution failed|Failed to discover|has been shut down|Server Is (Not Ready|(Too )?Busy)/i;

/** The driver's word for it, where it has one; gRPC's bare error says it in its trailers. */
function typeOf(error: unknown): unknown {
  const { type, code, metadata } = shapeOf(error);
  return type ?? metadata?.get('exception')[0] ?? (code === UNAUTHENTICATED ? 'access-denied' : undefined);
}

export function failureOf(error: unknown): Failure {
  const [type, { code }] = [typeOf(error), shapeOf(error)];
  if (isNotLeader(error) || error instanceof NotSentError || error instanceof OtherLogError) return 'away';
  if (error instanceof CutOffStreamError) return 'refused';
  if (REFUSED_TYPES.has(type) || REFUSED_CODES.has(code)) return 'refused';
  return NOT_SENT.test(messageOf(error)) ? 'away' : 'unknown';
}

export const isNotLeader = (error: unknown): boolean => typeOf(error) === 'not-leader';

/** DEADLINE_EXCEEDED, ours or the driver's. */
export const hasRunOutOfTime = (error: unknown): boolean =>
  error instanceof CallTimeoutError || shapeOf(error).code === 4 || shapeOf(error).type === 'deadline-exceeded';

/** By the server's own limit for an append, or by that for a message, RESOURCE_EXHAUSTED, which is beyond it. */
export const isTooLarge = (error: unknown): boolean =>
  typeOf(error) === 'maximum-append-size-exceeded' ||
  (shapeOf(error).code === 8 && /message.*(larger|exceeds)/i.test(messageOf(error)));

/** The server ended a subscription as this process did not take its events in time. */
export const isTooSlow = (error: unknown): boolean => /too slow/i.test(messageOf(error));

export const isMissingStream = (error: unknown): boolean => typeOf(error) === 'stream-not-found';

/** The stream's revision where the error says that another one was expected, -1 for no stream; else undefined. */
export function actualRevisionOf(error: unknown): number | undefined {
  const { type, actualVersion } = shapeOf(error);
  if (type !== 'wrong-expected-version') return undefined;
  return typeof actualVersion === 'bigint' ? Number(actualVersion) : -1;
}

/** The call never left this process. */
export class NotSentError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NotSentError';
  }
}

/** The call did not end in time; whether it was carried out is open. */
export class CallTimeoutError extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
    this.name = 'CallTimeoutError';
  }
}

export const closed = (): StoreUnavailableError => new StoreUnavailableError('the event store is closed');

export const readOnly = (): StoreUnavailableError =>
  new StoreUnavailableError('the event store is opened for reading alone');

const ADVICE: ReadonlyMap<unknown, string> = new Map([
  ['access-denied', 'its credentials are missing or may not do this; check user, password and access lists'],
  ['stream-deleted', 'somebody deleted the stream, which nothing of ours does'],
]);

/** Nothing was recorded or read. */
export function unavailable(doing: string, error: unknown): StoreUnavailableError {
  if (error instanceof OtherLogError || error instanceof CutOffStreamError) return error;
  const advice = ADVICE.get(typeOf(error));
  const reason = advice === undefined ? messageOf(error) : `${advice} (${messageOf(error)})`;
  return new StoreUnavailableError(`EventStoreDB did not ${doing}: ${reason}`, { cause: error });
}

export const unknownOutcome = (stream: string, error: unknown): UnknownOutcomeError =>
  new UnknownOutcomeError(`it is not known whether ${stream} was appended to: ${messageOf(error)}`, { cause: error });

/** The connection string may hold a password, and so may what the driver says of it. */
export const unusableUrl = (): StoreRefusedError =>
  new StoreRefusedError(
    'EVENT_STORE_URL is no connection string of EventStoreDB, or names a certificate that is not there; ' +
      'it looks like esdb://user:password@host:2113?tls=true or esdb+discover://user:password@cluster:2113',
  );

export const neverCreated = (): StoreRefusedError =>
  new StoreRefusedError(
    'this EventStoreDB holds no log of ours yet; start a process with the write-side first, which makes it',
  );

export const tooOld = (version: string): StoreRefusedError =>
  new StoreRefusedError(
    `this EventStoreDB is version ${version}; 23.10 or newer is needed, which says when a subscription has caught up`,
  );
