import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { temporaryDirectories } from '../event-store/test-support/index.js';
import { switchToWal } from './write-ahead-log.js';

const newDirectory = temporaryDirectories();

describe('the write-ahead log of a database', () => {
  it('takes its commits from the first one on', () => {
    const path = join(newDirectory(), 'some.db');
    const database = new Database(path);
    expect(switchToWal(database)).toBe(true);
    database.exec('CREATE TABLE some (number INTEGER)');
    expect(existsSync(`${path}-wal`)).toBe(true);
    expect(existsSync(`${path}-journal`)).toBe(false);
    database.close();
  });

  it('is not there where the database cannot have one', () => {
    const database = new Database(':memory:');
    expect(switchToWal(database)).toBe(false);
    database.close();
  });

  it('throws what the switch fails with', () => {
    const path = join(newDirectory(), 'some.db');
    const reader = new Database(path, { timeout: 0 });
    reader.exec('CREATE TABLE some (number INTEGER); INSERT INTO some VALUES (1), (2)');
    const rows = reader.prepare('SELECT * FROM some').iterate();
    rows.next();
    const database = new Database(path, { timeout: 0 });
    expect(() => switchToWal(database)).toThrow('database is locked');
    rows.return?.();
    database.close();
    reader.close();
  });
});
