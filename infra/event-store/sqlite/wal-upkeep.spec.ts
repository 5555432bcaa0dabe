import { statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectories } from '../test-support/index.js';
import { openForReading, openForWriting, type Connection } from './log-file.js';
import { PAGE_BYTES } from './schema.js';
import { WalUpkeep } from './wal-upkeep.js';

const newDirectory = temporaryDirectories();
const BOUNDS = { checkpointAt: 50, restartAt: 200 };

/** A log whose writer commits about four pages at a time, and looks after the write-ahead log each time. */
function open() {
  const directory = newDirectory();
  const { db } = openForWriting(directory);
  const upkeep = new WalUpkeep(db, BOUNDS);
  db.exec('CREATE TABLE filler (content TEXT)');
  const insert = db.prepare('INSERT INTO filler VALUES (hex(zeroblob(12000)))');
  const write = (): void => void insert.run();
  const commit = (times: number): void => {
    for (; times > 0; times -= 1) {
      write();
      upkeep.run();
    }
  };
  const pages = (): number => statSync(join(directory, 'events.db-wal')).size / (PAGE_BYTES + 24);
  return { db, upkeep, write, commit, pages, reader: openForReading(directory).db };
}

const count = (db: Connection): unknown => db.prepare('SELECT count(*) FROM filler').pluck().get();

test('the write-ahead log stays small while readers come and go', () => {
  const { db, commit, pages, reader } = open();
  for (let round = 1; round <= 200; round += 1) {
    commit(5);
    expect(count(reader)).toBe(round * 5);
  }
  expect(pages()).toBeLessThan(BOUNDS.checkpointAt + 40);
  reader.close();
  db.close();
});

test('the write-ahead log starts over when the reader who stood in the way has gone', () => {
  const { db, commit, pages, reader } = open();
  commit(5);
  reader.exec('BEGIN');
  expect(count(reader)).toBe(5);
  commit(500);
  const grown = pages();
  expect(grown).toBeGreaterThan(BOUNDS.restartAt * 2);
  expect(count(reader)).toBe(5);
  reader.exec('COMMIT');
  commit(500);
  expect(pages()).toBeLessThanOrEqual(grown + 20);
  expect(count(reader)).toBe(1_005);
  reader.close();
  db.close();
});

test('the write-ahead log stays bounded also where every checkpoint meets a reader', () => {
  const { db, upkeep, write, pages, reader } = open();
  const state = db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');
  for (let round = 0; round < 500; round += 1) {
    write();
    if (reader.inTransaction) reader.exec('COMMIT');
    const { log, checkpointed } = state.get() ?? { log: 0, checkpointed: 0 };
    if (log - checkpointed >= BOUNDS.checkpointAt) {
      reader.exec('BEGIN');
      expect(count(reader)).toBe(round + 1);
    }
    upkeep.run();
  }
  expect(pages()).toBeLessThan(BOUNDS.restartAt + 40);
  reader.close();
  db.close();
});
