/** `Keys`, in the file's header: tells our key files from other SQLite files. */
export const APPLICATION_ID = 0x4b657973;
/** From version 2 on keys are wrapped; those of version 1 are wrapped by the first process that writes. */
export const SCHEMA_VERSION = 2;
export const LEAST_SCHEMA_VERSION = 1;

/**
 * `email_hash` is of what a person is known by, see IdentityHash; `secret_check` tells whether the hashes were made with the
 * secret at hand; `forgotten` counts persons deleted, so that others notice that what they remember may be gone.
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
