import { errors } from '@elastic/elasticsearch';
import { SearchIndexUnavailableError } from '../search-index.js';

const AWAY = new Set([408, 429, 502, 503, 504]);
const REFUSED = new Set([401, 403]);

const statusOf = (error: unknown): number | undefined =>
  error instanceof errors.ResponseError ? error.statusCode : undefined;

/** Tells errors of an index, an alias, a document or a point in time that does not exist. */
export const isMissing = (error: unknown): boolean => statusOf(error) === 404;

export const isConflict = (error: unknown): boolean => statusOf(error) === 409;

/** Tells errors of requests that the server does not understand. */
export const isRefusedRequest = (error: unknown): boolean => statusOf(error) === 400;

export const isAlreadyThere = (error: unknown): boolean =>
  error instanceof errors.ResponseError && error.message.startsWith('resource_already_exists_exception');

/** Tells errors that may pass: the server is away, or busy. */
export const isAway = (error: unknown): boolean =>
  error instanceof errors.ConnectionError ||
  error instanceof errors.TimeoutError ||
  error instanceof errors.NoLivingConnectionsError ||
  AWAY.has(statusOf(error) ?? 0);

/** Translates an error of the driver to the port's, with the host but never credentials; any other error is returned as it is. */
export function translated(error: unknown, host: string): unknown {
  if (isAway(error)) return unavailable(host, `cannot answer: ${reasonOf(error)}`, error);
  if (REFUSED.has(statusOf(error) ?? 0)) return unavailable(host, `refused: ${reasonOf(error)}`, error);
  if (error instanceof errors.RequestAbortedError) return unavailable(host, 'is closed', error);
  if (error instanceof errors.ProductNotSupportedError) return unavailable(host, 'is not Elasticsearch', error);
  return error;
}

/** Tells the error of a search whose index was deleted meanwhile. */
export const mayBeGone = (error: unknown): boolean =>
  isMissing(error) || (statusOf(error) === 503 && String(error).includes('no_shard_available_action_exception'));

export const goneWhileSearched = (cause: unknown): SearchIndexUnavailableError =>
  new SearchIndexUnavailableError('the build that was searched is gone', { cause });

/** The error of one item of a bulk request. */
export function itemError(host: string, status: number, reason: string): Error {
  return AWAY.has(status) || REFUSED.has(status)
    ? new SearchIndexUnavailableError(`the search index at ${host} cannot take a write: ${reason}`)
    : new Error(`the search index refused a product: ${reason}`);
}

export const isBusyStatus = (status: number): boolean => AWAY.has(status);

const unavailable = (host: string, what: string, cause: unknown): SearchIndexUnavailableError =>
  new SearchIndexUnavailableError(`the search index at ${host} ${what}`, { cause });

function reasonOf(error: unknown): string {
  if (error instanceof errors.ResponseError) {
    const status = error.statusCode ?? 0;
    return `${status} ${error.message.slice(0, 200)}`;
  }
  return error instanceof Error ? error.message.slice(0, 200) : String(error);
}
