import { createHash } from 'node:crypto';
import type { Json } from '../../domain/shared/index.js';
import { invalid } from './problem.js';

export const DEFAULT_LIMIT = 20;
export const MAX_LIMIT = 100;
export const MAX_CURSOR_LENGTH = 2000;
/** The checksum, then what it is of. */
export const CURSOR = /^([A-Za-z0-9_-]{8})([A-Za-z0-9_-]+)$/;
const CHECKSUM_BYTES = 6;
const LIMIT = /^\d{1,3}$/;

/** A page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Of the next page; null on the last. */
  readonly nextCursor: string | null;
}

/** The number of items of a page, 1 to 100. @throws ProblemError 400 naming `limit` */
export function parseLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = LIMIT.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_LIMIT) throw invalid('limit', `must be an integer from 1 to ${MAX_LIMIT}`);
  return limit;
}

/** An opaque keyset cursor. `query` names the list and its filters: the cursor is good for that one alone. */
export function writeCursor(query: string, key: Json): string {
  const text = Buffer.from(JSON.stringify([query, key])).toString('base64url');
  return checksumOf(text) + text;
}

/**
 * The key that a cursor of this query carries; its shape is for the caller to check. Undefined without a cursor.
 * @throws ProblemError 400 naming `cursor` when it is broken or belongs to another query
 */
export function readCursor(text: string | undefined, query: string): Json | undefined {
  if (text === undefined) return undefined;
  const parts = text.length <= MAX_CURSOR_LENGTH ? decode(text) : undefined;
  if (!Array.isArray(parts) || parts.length !== 2) throw brokenCursor();
  if (parts[0] !== query) throw invalid('cursor', 'belongs to another query, or to the log before it was restored');
  return parts[1] as Json;
}

/** For a caller whose own check of the key fails. */
export const brokenCursor = () => invalid('cursor', 'is malformed');

function decode(cursor: string): unknown {
  const [, checksum, text = ''] = CURSOR.exec(cursor) ?? [];
  if (checksum !== checksumOf(text)) return undefined;
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Tells what was changed on its way; it keeps no secret, as a cursor opens nothing that its query does not. */
const checksumOf = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, CHECKSUM_BYTES).toString('base64url');
