import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoSystemError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
  type WriteError,
} from 'mongodb';

/** Codes of a server that cannot answer now: fail-over, shutdown, full disk, no majority, no permission any more. */
const AWAY: ReadonlySet<unknown> = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  13, // Unauthorized
  18, // AuthenticationFailed
  50, // MaxTimeMSExpired
  64, // WriteConcernFailed
  89, // NetworkTimeout
  91, // ShutdownInProgress
  100, // UnsatisfiableWriteConcern
  112, // WriteConflict
  133, // FailedToSatisfyReadPreference
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  8000, // AtlasError
  9001, // SocketException
  10058, // LegacyNotPrimary
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
  14031, // OutOfDiskSpace
  // The driver hands some errors of its sockets through as they are.
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ESERVFAIL',
  'ETIMEOUT',
  'ERR_SOCKET_CLOSED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

const AWAY_CLASSES = [
  MongoClientClosedError,
  MongoNetworkError,
  MongoSystemError,
  MongoNotConnectedError,
  MongoTopologyClosedError,
  MongoOperationTimeoutError,
  MongoWriteConcernError,
];

/** The server's code of an error; undefined for any other error. */
export const serverCode = (error: unknown): number | string | undefined =>
  error instanceof MongoServerError ? error.code : undefined;

/** By shape: an error of a socket may come from another realm. */
const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

const writeErrorsOf = (error: MongoBulkWriteError): readonly WriteError[] => [error.writeErrors].flat();

/** Whether the server could not be reached or cannot answer now, so that the same may succeed later. */
export function isMongoAway(error: unknown): boolean {
  if (AWAY_CLASSES.some((type) => error instanceof type)) return true;
  if (!(error instanceof MongoBulkWriteError)) return AWAY.has(codeOf(error));
  const codes = [error.code, ...writeErrorsOf(error).map(({ code }) => code), concernCode(error)];
  // The driver wraps what happened to the connection under a bulk, and keeps no more of it than the message.
  return codes.every((code) => code === undefined) || codes.some((code) => code !== undefined && AWAY.has(code));
}

/** Of the write concern that was not fulfilled. */
const concernCode = ({ result }: MongoBulkWriteError): number | undefined => result.getWriteConcernError()?.code;

const DUPLICATE_KEY = 11_000;

/** An insert whose id is taken, where ids alone are unique. */
export const isIdTaken = (error: unknown): boolean => serverCode(error) === DUPLICATE_KEY;

/**
 * The places of the writes of a bulk that failed as their ids are taken. Looks at every error of the bulk: any other one
 * is thrown.
 */
export function placesTaken(error: unknown): number[] {
  if (!(error instanceof MongoBulkWriteError) || concernCode(error) !== undefined) throw error;
  const errors = writeErrorsOf(error);
  if (errors.length === 0 || errors.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  return errors.map(({ index }) => index);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
