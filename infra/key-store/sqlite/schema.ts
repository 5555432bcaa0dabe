/** `Keys` in the file's header, which tells our key files from other SQLite files. */
export const APPLICATION_ID = 0x4b657973;
/** Keys are wrapped from version 2 on; the first process that writes wraps those of version 1. */
export const SCHEMA_VERSION = 2;
export const LEAST_SCHEMA_VERSION = 1;

/**
 * `email_hash` is the hash of a person's identity, see IdentityHash; `secret_check` tells whether the hashes were made with the
 * present secret; `forgotten` counts deleted persons, so that other processes notice that their caches may be outdated.
 */
export const SCHEMA = `
  CREATE TABLE store (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    secret_check BLOB NOT NULL,
    forgotten INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE persons (
    email_hash BLOB NOT NULL UNIQUE,
    person_id TEXT NOT NULL UNIQUE,
    key BLOB NOT NULL
  ) STRICT;
`;
