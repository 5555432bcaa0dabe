import { createHash } from 'node:crypto';
import type { Json } from '../../domain/shared/index.js';
import { markOf, type EventStore } from '../../infra/event-store/index.js';
import { brokenCursor, readCursor } from '../../infra/http/index.js';
import type { FieldValue } from '../../infra/shared/document-query.js';

/** The end of a page: the values that the list is ordered by, then the id; null for an absent value. */
export type Keyset = readonly (FieldValue | null)[];

const HASH_LENGTH = 16;

/** Names a list with its filters, so that a cursor is valid for no other list. */
export function queryName(list: string, filters: Json): string {
  const hash = createHash('sha256').update(JSON.stringify(filters)).digest('base64url');
  return `${list}:${hash.slice(0, HASH_LENGTH)}`;
}

/** Adds the log to the name: a cursor is invalid after the log was restored. */
export const inLog = (name: string, { logId }: Pick<EventStore, 'logId'>): string => `${markOf(logId)}${name}`;

/** Reads the keyset of a cursor, whose values are texts in every list; undefined without a cursor. @throws ProblemError 400 naming `cursor` */
export function readKeyset(cursor: string | undefined, query: string, length: number): readonly string[] | undefined {
  const key = readCursor(cursor, query);
  if (key === undefined) return undefined;
  if (!Array.isArray(key) || key.length !== length || !key.every(isText)) throw brokenCursor();
  return key;
}

const isText = (value: unknown): value is string => typeof value === 'string';
