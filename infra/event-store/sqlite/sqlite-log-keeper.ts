import type Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { restoredLogId } from '../log-id.js';
import type { Accepted, LogKeeper } from '../log-register.js';
import { positionOfNumber, type Position } from '../../shared/position.js';
import { logPath, openForWriting } from './log-file.js';
import { isBusy } from '../../sqlite/index.js';

/**
 * Opens the log of a directory for an operator, exclusively, as a running engine would go on with the old id.
 * @throws StoreRefusedError there is none, it cannot be used, or another process has it open
 */
export function openSqliteLogKeeper(directory: string): LogKeeper {
  const path = logPath(directory);
  if (!existsSync(path)) throw new StoreRefusedError(`${path}: there is no log; put it back from the backup first`);
  const { db, logId } = openForWriting(directory);
  try {
    takeAlone(db);
  } catch (error) {
    db.close();
    if (!isBusy(error)) throw error;
    throw new StoreRefusedError(`${path}: a process is at work on it; stop the engine first`, { cause: error });
  }
  return new SqliteLogKeeper(db, logId);
}

/** Locks the log; a write-ahead log can be locked exclusively only while no other process has the file open. */
function takeAlone(db: Database.Database): void {
  db.pragma('busy_timeout = 2000');
  db.pragma('journal_mode = DELETE');
  db.pragma('journal_mode = WAL');
}

class SqliteLogKeeper implements LogKeeper {
  constructor(
    private readonly db: Database.Database,
    readonly logId: string,
  ) {}

  async head(): Promise<Position | null> {
    return positionOrNone(this.db.prepare<[], number>('SELECT position FROM head').pluck().get() ?? 0);
  }

  async accepted(what: Accepted): Promise<Position | null> {
    const accepted = this.db.prepare<[string], number | null>('SELECT max(position) FROM log_record WHERE kind = ?');
    return positionOrNone(accepted.pluck().get(what) ?? 0);
  }

  async markRestored(): Promise<string> {
    const id = restoredLogId();
    this.#record('restored', id);
    return id;
  }

  async accept(what: Accepted): Promise<void> {
    this.#record(what, null);
  }

  async close(): Promise<void> {
    this.db.close();
  }

  #record(kind: string, id: string | null): void {
    this.db
      .prepare(
        `INSERT INTO log_record (kind, id, position, at)
         SELECT ?, ?, position, ? FROM head`,
      )
      .run(kind, id, new Date().toISOString());
  }
}

const positionOrNone = (position: number): Position | null => (position === 0 ? null : positionOfNumber(position));
