import Database from 'better-sqlite3';
import { leavingAlone } from './leaving-alone.js';

/**
 * Copies a file that is there, also while others write to it. Of which kind it is does not matter: a file that no engine opens any
 * more may be all that somebody has left.
 */
export async function backUpSqliteFile(source: string, target: string): Promise<void> {
  const database = new Database(source, leavingAlone(source));
  try {
    await database.backup(target);
  } finally {
    database.close();
  }
}
