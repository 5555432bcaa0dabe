import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { allOf, batchOf, newStream, temporaryDirectories } from '../test-support/index.js';
import { checkSynchronous } from '../../sqlite/index.js';
import { LOG_FILE, openForWriting } from './log-file.js';
import { openSqliteEventStore } from './open-sqlite-event-store.js';
import { PAGE_BYTES } from './schema.js';

const newDirectory = temporaryDirectories();

/** A directory with a log of one event. */
async function withLog(): Promise<{ directory: string; path: string }> {
  const directory = newDirectory();
  const store = await openSqliteEventStore({ directory, access: 'read-write' });
  await store.append(newStream(), batchOf({ data: { filler: 'x'.repeat(20_000) } }), 'no-stream');
  await store.close();
  return { directory, path: join(directory, 'events.db') };
}

async function refusal(directory: string, access: 'read-write' | 'read-only' = 'read-write'): Promise<string> {
  const opening = openSqliteEventStore({ directory, access });
  const error: unknown = await opening.then(
    () => new Error('it was opened'),
    (reason: unknown) => reason,
  );
  expect(error).toHaveProperty('name', 'StoreRefusedError');
  return (error as Error).message;
}

function edit(path: string, run: (db: Database.Database) => void): void {
  const db = new Database(path);
  run(db);
  db.close();
}

describe('a start is refused', () => {
  test('where the directory cannot be made', async () => {
    const file = join(newDirectory(), 'file');
    writeFileSync(file, '');
    expect(await refusal(join(file, 'data'))).toContain('cannot be written');
  });

  test('where the file is none of SQLite', async () => {
    const directory = newDirectory();
    writeFileSync(join(directory, 'events.db'), 'these are no events'.repeat(100));
    expect(await refusal(directory)).toContain('not a SQLite file');
  });

  test('where the file belongs to another program, which is left as it was', async () => {
    const directory = newDirectory();
    const path = join(directory, 'events.db');
    edit(path, (db) => db.exec('CREATE TABLE notes (text)'));
    expect(await refusal(directory)).toContain('not made by this engine');
    edit(path, (db) => expect(db.prepare('SELECT name FROM sqlite_master').all()).toEqual([{ name: 'notes' }]));
  });

  test('where a newer version made the log', async () => {
    const { directory, path } = await withLog();
    edit(path, (db) => db.pragma('user_version = 99'));
    for (const access of ['read-write', 'read-only'] as const)
      expect(await refusal(directory, access)).toContain('schema 99 is newer');
  });

  test('where a version before 0.1.0 made the log, which is left as it was', async () => {
    const { directory, path } = await withLog();
    edit(path, (db) => db.pragma('user_version = 2'));
    const before = readFileSync(path);
    for (const access of ['read-write', 'read-only'] as const)
      expect(await refusal(directory, access)).toBe(
        `${path}: a version before 0.1.0 made it, whose logs this one does not read; choose an empty data directory`,
      );
    expect(readFileSync(path)).toEqual(before);
  });

  test('where the file is a half-written copy', async () => {
    const { directory, path } = await withLog();
    truncateSync(path, readFileSync(path).length / 2);
    expect(await refusal(directory)).toContain('half-written copy');
  });

  test.each([
    'UPDATE head SET position = 7',
    'UPDATE streams SET revision = 7',
    'DROP TRIGGER events_refuse_delete; DELETE FROM events',
  ])('where its tables do not end alike: %s', async (sql) => {
    const { directory, path } = await withLog();
    edit(path, (db) => db.exec(sql));
    expect(await refusal(directory)).toContain('half-written or damaged');
  });

  test('where pages are damaged', async () => {
    const { directory, path } = await withLog();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, PAGE_BYTES);
    writeFileSync(path, bytes);
    expect(await refusal(directory)).toContain('restore the whole data directory from a backup');
  });

  test('where the file is gone but its write-ahead log is not, which is left as it was', async () => {
    const directory = newDirectory();
    writeFileSync(join(directory, 'events.db-wal'), 'frames');
    expect(await refusal(directory)).toContain('holds events');
    expect(readFileSync(join(directory, 'events.db-wal'), 'utf8')).toBe('frames');
  });

  test('for reading where there is no log', async () => {
    expect(await refusal(newDirectory(), 'read-only')).toContain('start a writing process first');
  });
});

describe('a start', () => {
  test('makes the directory and the log, and keeps the id of the log', async () => {
    const directory = join(newDirectory(), 'deep', 'data');
    const first = await openSqliteEventStore({ directory, access: 'read-write' });
    await first.close();
    const second = await openSqliteEventStore({ directory, access: 'read-write' });
    expect(second.logId).toBe(first.logId);
    await second.close();
    rmSync(directory, { recursive: true });
    const other = await openSqliteEventStore({ directory, access: 'read-write' });
    expect(other.logId).not.toBe(first.logId);
    expect(await other.head()).toBeNull();
    await other.close();
  });

  test('finishes one that was cut short before anything was in the file', async () => {
    const directory = newDirectory();
    mkdirSync(directory, { recursive: true });
    edit(join(directory, 'events.db'), (db) => db.pragma('journal_mode = WAL'));
    const store = await openSqliteEventStore({ directory, access: 'read-write' });
    await store.append(newStream(), batchOf(), 'no-stream');
    await store.close();
  });

  test('by several at once makes one log', async () => {
    const directory = newDirectory();
    const stores = await Promise.all([1, 2, 3].map(() => openSqliteEventStore({ directory, access: 'read-write' })));
    expect(new Set(stores.map(({ logId }) => logId)).size).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('sets synchronous to FULL, and refuses to go on with less', async () => {
    const directory = newDirectory();
    const { db } = openForWriting(directory);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.pragma('synchronous = NORMAL');
    expect(() => checkSynchronous(LOG_FILE, db, directory)).toThrow('not FULL');
    db.close();
  });
});

test('what is in the log can neither be changed nor removed', async () => {
  const { directory, path } = await withLog();
  edit(path, (db) => {
    for (const table of ['events', 'streams', 'names', 'head', 'log']) {
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow('DELETE refused');
      expect(() => db.exec(`UPDATE ${table} SET rowid = rowid`)).toThrow('UPDATE refused');
    }
    expect(() => db.exec("UPDATE events SET data = '{}'")).toThrow('UPDATE refused');
    expect(() => db.exec("UPDATE streams SET name = 'other-1', revision = 7")).toThrow('UPDATE refused');
    expect(() => db.exec('UPDATE head SET position = 0')).toThrow('UPDATE refused');
    expect(() =>
      db.exec(`CREATE TEMP TABLE copy AS SELECT * FROM events;
        UPDATE copy SET position = 9; INSERT INTO events SELECT * FROM copy`),
    ).toThrow('UNIQUE');
  });
  const store = await openSqliteEventStore({ directory, access: 'read-only' });
  expect(await allOf(store.readAll())).toHaveLength(1);
  await store.close();
});
