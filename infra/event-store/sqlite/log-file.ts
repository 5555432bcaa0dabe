import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  closingOnFailure,
  guarded,
  openExistingFile,
  openSqliteFile,
  type Connection,
  type SqliteFile,
} from '../../sqlite/index.js';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { newLogId } from '../log-id.js';
import { chainStart } from './chain-end.js';
import { APPLICATION_ID, PAGE_BYTES, SCHEMA, SCHEMA_VERSION } from './schema.js';

export type { Connection };

export interface LogFile {
  readonly db: Connection;
  readonly logId: string;
}

export const LOG_FILE: SqliteFile = {
  content: 'recorded',
  applicationId: APPLICATION_ID,
  schemaVersion: SCHEMA_VERSION,
  olderVersion: 'a version before 0.1.0 made it, whose logs this one does not read; choose an empty data directory',
  holds: 'events',
  pageBytes: PAGE_BYTES,
  create: (db) => {
    db.exec(SCHEMA);
    const id = newLogId();
    db.prepare('INSERT INTO log (only, id, created_at) VALUES (1, ?, ?)').run(id, new Date().toISOString());
    db.prepare('INSERT INTO head (only, position, block, chain) VALUES (1, 0, unhex(@start), unhex(@start))').run({
      start: chainStart(id),
    });
  },
};

export const logPath = (directory: string): string => join(directory, 'events.db');

/** Opens the log of a directory for its one writing connection, and creates it where there is none. */
export function openForWriting(directory: string): LogFile {
  const path = logPath(directory);
  const log = verified(openSqliteFile(LOG_FILE, path), path);
  // From here on the writer waits for locks itself, and upkeep does not wait at all.
  log.db.pragma('busy_timeout = 0');
  return log;
}

/** Opens an existing log for reading only. */
export function openForReading(directory: string): LogFile {
  const log = verified(openForChecking(directory), logPath(directory));
  // This is the size of the page cache in KiB; the system's file cache has the other pages.
  log.db.pragma('cache_size = -8192');
  return log;
}

/** Opens a log for its check, also where its tables end differently, as the check reports what is missing. */
export function openForChecking(directory: string): Connection {
  const path = logPath(directory);
  if (!existsSync(path)) throw new StoreRefusedError(`${path}: there is no log yet; start a writing process first`);
  return openExistingFile(LOG_FILE, path);
}

/** Checks that tables and indexes have the same end, which is fast for a log of any size. */
const verified = (db: Connection, path: string): LogFile =>
  guarded(LOG_FILE, path, () =>
    closingOnFailure(db, () => {
      if (!endsAgree(db))
        throw new StoreRefusedError(
          `${path}: it is half-written or damaged; restore the whole data directory from a backup`,
        );
      const logId = db.prepare<[], string>(LOG_ID).pluck().get();
      if (logId === undefined)
        throw new StoreRefusedError(`${path}: its log id is missing; restore the whole data directory from a backup`);
      return { db, logId };
    }),
  );

/** Reads the log's id, which is made at its creation and anew each time that it is restored. */
const LOG_ID = `
  SELECT id FROM (
    SELECT id, 0 AS number FROM log UNION ALL SELECT id, number FROM log_record WHERE kind = 'restored'
  ) ORDER BY number DESC LIMIT 1`;

const ENDS = `
  SELECT
    head.position = coalesce(last.position, 0)
    AND (last.position IS NULL
      OR (SELECT position FROM events INDEXED BY events_by_stream
           WHERE stream = last.stream AND revision = last.revision) = last.position
      AND (SELECT revision FROM streams WHERE id = last.stream) = last.revision)
  FROM head LEFT JOIN (SELECT position, stream, revision FROM events ORDER BY position DESC LIMIT 1) AS last`;

const endsAgree = (db: Connection): boolean => db.prepare<[], number>(ENDS).pluck().get() === 1;
