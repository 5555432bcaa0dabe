/** `Cart`, in the file's header: tells our logs from other SQLite files. */
export const APPLICATION_ID = 0x43617274;
export const SCHEMA_VERSION = 2;

/** What befell the log as a whole: restored, under which id from then on; or what was accepted of it, up to where. */
export const LOG_RECORD = `
  CREATE TABLE log_record (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('restored', 'times', 'lost-keys')),
    id TEXT,
    position INTEGER NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  ${immutable('log_record')}
`;

/** By the version that a file has: what brings it to the next one. */
export const UPGRADES: Readonly<Record<number, string>> = { 1: LOG_RECORD };

/**
 * Streams are interned so that the index over (stream, revision) is small and grows at its end. No foreign key: the one
 * writer makes both rows in one transaction, and a look-up for each insert would be paid for nothing.
 */
export const SCHEMA = `
  CREATE TABLE log (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    category TEXT NOT NULL
  ) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_id ON events (id);
  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
  ${LOG_RECORD}
  ${immutable('log')}
  ${immutable('streams')}
  ${immutable('events')}
`;

function immutable(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      (verb) => `CREATE TRIGGER ${table}_refuse_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
        BEGIN SELECT RAISE(ABORT, '${table} cannot be changed: ${verb} refused'); END;`,
    )
    .join('\n');
}
