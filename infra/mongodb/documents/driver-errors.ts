import { BSON, MongoInvalidArgumentError } from 'mongodb';
import { messageOf, serverCode } from '../index.js';
import type { RecordWrite } from './document-record.js';

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

/** The message is that of a server that gives no code. */
export const wasDropped = (error: unknown): boolean =>
  DROPPED.has(serverCode(error)) || messageOf(error) === 'ns not found';

/** The document that was too large where that is what the error says; null for any other error. */
export function documentTooLarge(
  error: unknown,
  collection: string,
  writes: readonly RecordWrite[],
): DocumentTooLargeError | null {
  const isSaid =
    TOO_LARGE.has(serverCode(error)) ||
    (error instanceof MongoInvalidArgumentError && error.message.includes('larger than the maximum size'));
  // Beyond 17 MiB the driver's own buffer ends first.
  if (!isSaid && !isRangeError(error)) return null;
  const sizes = writes.map(({ id, doc }) => ({ id, size: doc === null ? 0 : BSON.calculateObjectSize(doc) }));
  const { id, size } = sizes.reduce((one, other) => (other.size > one.size ? other : one), { id: '', size: 0 });
  return isSaid || size > MOST_BYTES ? new DocumentTooLargeError(collection, id, { cause: error }) : null;
}

/** By shape: one that Node itself throws may come from another realm. */
const isRangeError = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'RangeError';
