import { BSON, MongoInvalidArgumentError } from 'mongodb';
import { isMongoAway, messageOf, serverCode } from '../../mongodb/index.js';
import { ReadStoreUnavailableError, type DocumentWrite } from '../read-store.js';

/** BSONObjectTooLarge, and what older servers say of an update that grows too large. */
const TOO_LARGE: ReadonlySet<number | string | undefined> = new Set([10_334, 17_280, 17_419, 17_420]);

/** NamespaceNotFound, CursorNotFound, QueryPlanKilled: the collection was dropped under the query. */
const DROPPED: ReadonlySet<number | string | undefined> = new Set([26, 43, 175]);

const MOST_BYTES = 16 * 1024 * 1024;

/** MongoDB takes documents up to 16 MiB. Writing it again will not help: the read model must be cut smaller. */
export class DocumentTooLargeError extends Error {
  constructor(
    readonly collection: string,
    readonly id: string,
    options?: ErrorOptions,
  ) {
    super(`document ${id} of ${collection} is larger than the 16 MiB that MongoDB takes`, options);
    this.name = 'DocumentTooLargeError';
  }
}

export const wasDropped = (error: unknown): boolean => DROPPED.has(serverCode(error));

/** Said by the driver before anything is sent, or by the server. */
export const isTooLarge = (error: unknown): boolean =>
  TOO_LARGE.has(serverCode(error)) ||
  (error instanceof MongoInvalidArgumentError && error.message.includes('larger than the maximum size'));

/** Which of the writes it was. */
export function tooLarge(collection: string, writes: readonly DocumentWrite[], cause: unknown): DocumentTooLargeError {
  const largest = writes.find(({ doc }) => doc !== null && BSON.calculateObjectSize(doc) > MOST_BYTES / 2);
  return new DocumentTooLargeError(collection, largest?.id ?? 'unknown', { cause });
}

/** The port's error for a driver's; anything else is handed through. */
export function translated(error: unknown): unknown {
  if (!isMongoAway(error)) return error;
  return new ReadStoreUnavailableError(`the read store cannot answer: ${messageOf(error)}`, { cause: error });
}
