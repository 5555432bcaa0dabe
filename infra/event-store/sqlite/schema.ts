/** `Cart` in the file's header, which tells our logs from other SQLite files. */
export const APPLICATION_ID = 0x43617274;
export const SCHEMA_VERSION = 5;

/** The page size, twice SQLite's default: fewer events cross the end of a page, which leaves its rest empty. */
export const PAGE_BYTES = 8_192;

/**
 * The number of events of a stream that `findCommand` scans; only later ones are in the index of commands. Most streams are shorter,
 * so most events need no entry.
 */
export const UNINDEXED_REVISIONS = 8;

/** Triggers that allow a stream's row to change only by its end, and only forward. */
const UNLESS_STREAM_GROWS = `WHEN new.revision <= old.revision OR new.id <> old.id OR new.name <> old.name
  OR new.name_crc <> old.name_crc OR new.category <> old.category`;

/**
 * Every index grows at its end, or within the part of one stream: none is over random values of the whole log, but the one
 * over four bytes of each stream's name. `names` holds types, categories and actors, `ANY` is a number of it or the text
 * itself; `cause` are the ids of command, correlation and causation as bytes (event-columns.ts), long data are deflated
 * (packed-data.ts). No foreign keys: the one writer makes all rows in one transaction, and a look-up for each insert would be
 * paid for nothing.
 *
 * `events.hash` covers the event and the hash of the one before it in its stream (event-hash.ts), `head.chain` the hashes of
 * all events in the order of the log, `head.block` those of whole blocks (chain-end.ts). `head.position` is why no position
 * is ever given twice.
 */
export const SCHEMA = `
  CREATE TABLE log (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    id TEXT NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE head (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    position INTEGER NOT NULL,
    block BLOB NOT NULL,
    chain BLOB NOT NULL
  ) STRICT;
  CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    name_crc INTEGER NOT NULL,
    category ANY NOT NULL,
    revision INTEGER NOT NULL,
    hash BLOB NOT NULL
  ) STRICT;
  CREATE INDEX streams_by_name ON streams (name_crc);
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    type ANY NOT NULL,
    id ANY NOT NULL,
    actor ANY NOT NULL,
    cause ANY NOT NULL,
    hash BLOB NOT NULL,
    data ANY NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
  CREATE INDEX events_by_command ON events (stream, substr(cause, 2, 4)) WHERE revision >= ${UNINDEXED_REVISIONS};
  CREATE TABLE log_record (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('restored', 'times', 'lost-keys')),
    id TEXT,
    position INTEGER NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  ${['log', 'names', 'events', 'log_record'].map((table) => refusing('UPDATE', table)).join('\n')}
  ${refusing('UPDATE', 'streams', UNLESS_STREAM_GROWS)}
  ${refusing('UPDATE', 'head', 'WHEN new.only <> old.only OR new.position <= old.position')}
  ${['log', 'head', 'names', 'streams', 'events', 'log_record'].map((table) => refusing('DELETE', table)).join('\n')}
`;

function refusing(verb: 'UPDATE' | 'DELETE', table: string, when = ''): string {
  return `CREATE TRIGGER ${table}_refuse_${verb.toLowerCase()} BEFORE ${verb} ON ${table} ${when}
    BEGIN SELECT RAISE(ABORT, '${table} cannot be changed: ${verb} refused'); END;`;
}
