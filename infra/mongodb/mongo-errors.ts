import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoSystemError,
  MongoTopologyClosedError,
  MongoUnexpectedServerResponseError,
  MongoWriteConcernError,
  type WriteError,
} from 'mongodb';

/**
 * Codes of MongoDB's named errors that say that the question is wrong, and would be wrong again. Every other named one
 * (they are below 10 000) is an outage: which of them a server gives in trouble differs by server and by version.
 */
const WRONG_QUESTIONS: ReadonlySet<unknown> = new Set([
  2, // BadValue
  3, // NoSuchKey, OBSOLETE_DuplicateKey
  4, // GraphContainsCycle
  9, // FailedToParse
  14, // TypeMismatch
  15, // Overflow
  16, // InvalidLength
  20, // IllegalOperation
  22, // InvalidBSON
  26, // NamespaceNotFound
  27, // IndexNotFound
  28, // PathNotViable
  31, // RoleNotFound
  40, // ConflictingUpdateOperators
  43, // CursorNotFound
  48, // NamespaceExists
  52, // DollarPrefixedFieldName
  54, // NotSingleValueField
  55, // InvalidDBRef
  56, // EmptyFieldName
  57, // DottedFieldName
  59, // CommandNotFound
  66, // ImmutableField
  67, // CannotCreateIndex
  68, // IndexAlreadyExists
  72, // InvalidOptions
  73, // InvalidNamespace
  85, // IndexOptionsConflict
  86, // IndexKeySpecsConflict
  96, // OperationFailed: what a sort that takes too much memory was called
  115, // CommandNotSupported
  121, // DocumentValidationFailure
  146, // ExceededMemoryLimit
  165, // ViewDepthLimitExceeded
  168, // InvalidPipelineOperator
  171, // CannotIndexParallelArrays
  175, // QueryPlanKilled
  197, // InvalidIndexSpecificationOption
  224, // QueryFeatureNotAllowed
  238, // NotImplemented
  241, // ConversionFailure
  292, // QueryExceededMemoryLimitNoDiskUseAllowed
  352, // UnsupportedOpQueryCommand
]);

/** Below this codes have names; above it mostly one place in the server's code each, which found a question wrong. */
const FIRST_UNNAMED = 10_000;

/** Those above it that are outages, and what the driver hands through from its sockets. */
const AWAY: ReadonlySet<unknown> = new Set([
  10_058, // LegacyNotPrimary
  10_107, // NotWritablePrimary
  11_600, // InterruptedAtShutdown
  11_601, // Interrupted
  11_602, // InterruptedDueToReplStateChange
  13_388, // StaleConfig
  13_435, // NotPrimaryNoSecondaryOk
  13_436, // NotPrimaryOrSecondary
  14_031, // OutOfDiskSpace
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
  MongoUnexpectedServerResponseError,
  MongoWriteConcernError,
];

/** What the driver itself would try again says that it may succeed later. */
const RETRYABLE_LABELS = [
  'RetryableWriteError',
  'RetryableError',
  'SystemOverloadedError',
  'TransientTransactionError',
];

/** The pool had no connection free in time, or was closed under the call; the driver exports no classes for these. */
const WITHOUT_CONNECTION: ReadonlySet<string> = new Set(['MongoWaitQueueTimeoutError', 'MongoPoolClosedError']);

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
  if (error instanceof MongoError && isToBeTriedAgain(error)) return true;
  if (!(error instanceof MongoBulkWriteError)) return isOutage(codeOf(error), error);
  const codes = [error.code, ...writeErrorsOf(error).map(({ code }) => code), concernCode(error)];
  // The driver wraps what happened to the connection under a bulk, and keeps no more of it than the message.
  return codes.every((code) => code === undefined) || codes.some((code) => isOutage(code, error));
}

const isToBeTriedAgain = (error: MongoError): boolean =>
  WITHOUT_CONNECTION.has(error.name) || RETRYABLE_LABELS.some((label) => error.hasErrorLabel(label));

/** A code that is a number is the server's only where the error is: others number theirs too. */
function isOutage(code: unknown, error: unknown): boolean {
  if (typeof code !== 'number' || !(error instanceof MongoServerError)) return AWAY.has(code);
  return code < FIRST_UNNAMED ? !WRONG_QUESTIONS.has(code) : AWAY.has(code);
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
