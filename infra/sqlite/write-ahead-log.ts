import type Database from 'better-sqlite3';

/**
 * Switches a database to a write-ahead log, and tells whether its commits go there.
 * @throws the driver's error where the disk fails; without a write-ahead log a commit that was acknowledged could be lost
 */
export function switchToWal(database: Database.Database): boolean {
  // Not `simple`: the driver would let go of the statement after its first row, and not say that its commit has failed.
  database.pragma('journal_mode = WAL');
  return hasWal(database);
}

/** As it is: what SQLite answers about `journal_mode` is what it was told. */
function hasWal(database: Database.Database): boolean {
  const [state] = database.pragma('wal_checkpoint(NOOP)') as readonly { readonly log: number }[];
  return state !== undefined && state.log >= 0;
}
