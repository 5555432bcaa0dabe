import { HttpException } from '@nestjs/common';
import { StoreUnavailableError } from '../shared/store-errors.js';
import { AppendTooLargeError, UnknownOutcomeError } from '../event-store/index.js';
import { DocumentStoreUnavailableError } from '../document-store/index.js';
import { KeyStoreUnavailableError } from '../key-store/index.js';
import { ReadModelStoreUnavailableError } from '../read-model-store/index.js';
import { SearchIndexUnavailableError } from '../search-index/index.js';
import type { ErrorCode } from './error-catalogue.js';
import { problem, ProblemError } from './problem.js';

/** Seconds after which trying again makes sense when a store does not answer. */
const RETRY_AFTER = '2';

const DETAIL_OF_CODE: Partial<Record<ErrorCode, string>> = {
  'AUTH.REQUIRED': 'This needs a valid credential.',
  'AUTH.FORBIDDEN': 'Your credential does not allow this.',
  'REQUEST.RATE_LIMITED': 'Too many requests; slow down.',
  'REQUEST.TOO_LARGE': 'The body is larger than 1 MiB.',
  'REQUEST.UNSUPPORTED_MEDIA_TYPE': 'The body must be application/json.',
  'REQUEST.URI_TOO_LONG': 'The address is too long.',
  'ROUTE.METHOD_NOT_ALLOWED': 'The path does not have this method.',
  'ROUTE.NOT_FOUND': 'There is no such route.',
};

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'AUTH.REQUIRED',
  403: 'AUTH.FORBIDDEN',
  404: 'ROUTE.NOT_FOUND',
  405: 'ROUTE.METHOD_NOT_ALLOWED',
  413: 'REQUEST.TOO_LARGE',
  414: 'REQUEST.URI_TOO_LONG',
  415: 'REQUEST.UNSUPPORTED_MEDIA_TYPE',
  429: 'REQUEST.RATE_LIMITED',
};

/** Whatever was thrown as the problem that the client gets to see; nothing of an unexpected error is told. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof StoreUnavailableError || error instanceof UnknownOutcomeError) {
    return unavailable('The event store cannot answer at the moment; nothing is lost by trying again.', error);
  }
  if (error instanceof AppendTooLargeError) {
    return problem('COMMAND.TOO_LARGE', 'The event store does not take so much at once; send less.', { cause: error });
  }
  if (error instanceof KeyStoreUnavailableError) {
    return unavailable('The key store does not answer at the moment; nothing is lost by trying again.', error);
  }
  if (isOfReadModelStore(error)) {
    return unavailable('The read store does not answer at the moment.', error);
  }
  if (error instanceof SearchIndexUnavailableError) {
    return unavailable('The search index does not answer at the moment.', error);
  }
  const status = statusOf(error);
  if (status === undefined || status >= 500) {
    return problem('SERVER.ERROR', 'The request could not be answered.', { cause: error });
  }
  const code = CODE_OF_STATUS[status] ?? 'REQUEST.INVALID';
  return problem(code, DETAIL_OF_CODE[code] ?? 'The request is malformed.', { cause: error });
}

/** Documents are kept where the read models are. */
const isOfReadModelStore = (error: unknown): error is Error =>
  error instanceof ReadModelStoreUnavailableError || error instanceof DocumentStoreUnavailableError;

const unavailable = (detail: string, cause: Error): ProblemError =>
  problem('STORE.UNAVAILABLE', detail, { headers: { 'retry-after': RETRY_AFTER }, cause });

/** The status that the framework gave its own error. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  return undefined;
}
