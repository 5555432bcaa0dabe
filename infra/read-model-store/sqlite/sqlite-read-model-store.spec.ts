import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { checkpointAt, nextMove, notes, put, write } from '../test-support/contract/fixtures.js';
import { readModelStoreContract } from '../read-model-store.contract.js';
import { ReadModelStoreUnavailableError } from '../read-model-store.js';
import { openTemporaryReadModelStore, type TemporaryReadModelStore } from '../test-support/index.js';
import { SqliteReadModelStore } from './sqlite-read-model-store.js';

readModelStoreContract('SQLite', async () => {
  const temporary = await openTemporaryReadModelStore();
  return {
    store: temporary.store,
    connect: () => temporary.open('read-write'),
    dispose: () => temporary.close(),
  };
});

describe('read.db', () => {
  let temporary: TemporaryReadModelStore;
  beforeEach(async () => {
    temporary = await openTemporaryReadModelStore();
  });
  afterEach(() => temporary.close());
  const path = () => join(temporary.directory, 'read.db');

  it('is read by several read-only openers while one writes, and is not written by them', async () => {
    const readers = await Promise.all([temporary.open('read-only'), temporary.open('read-only')]);
    expect(await readers[0]?.get('notes', 'a')).toBeUndefined();
    await temporary.store.ensure(notes);
    for (let n = 1; n <= 3; n += 1) {
      await put(temporary.store, notes, [write('a', n, { n })]);
      for (const reader of readers) expect((await reader.get('notes', 'a'))?.doc).toEqual({ n });
    }
    for (const reader of readers) {
      await expect(put(reader, notes, [write('a', 9, {})])).rejects.toBeInstanceOf(ReadModelStoreUnavailableError);
    }
  });

  it('may be opened for reading before any writer was there, by many at once', async () => {
    await temporary.store.close();
    await rm(path());
    const [reader, , writer] = await Promise.all([
      temporary.open('read-only'),
      temporary.open('read-only'),
      temporary.open('read-write'),
    ]);
    await writer?.ensure(notes);
    await put(writer ?? temporary.store, notes, [write('a', 1, {})]);
    expect(await reader?.get('notes', 'a')).toBeDefined();
  });

  it('can be deleted: the next start has an empty one', async () => {
    await temporary.store.ensure(notes);
    await put(temporary.store, notes, [write('a', 1, {})]);
    await temporary.store.close();
    await rm(path());
    const again = await temporary.open('read-write');
    expect(await again.collections()).toEqual([]);
    await again.ensure(notes);
    await put(again, notes, [write('b', 1, {})]);
    expect(await again.checkpoint('notes')).toEqual(checkpointAt(1));
  });

  it('keeps what was committed when the process ends without closing it', async () => {
    await temporary.store.ensure(notes);
    await put(temporary.store, notes, [write('a', 1, { n: 1 })]);
    const crashed = await openTemporaryReadModelStore();
    await crashed.store.close();
    for (const suffix of ['', '-wal'])
      await writeFile(join(crashed.directory, `read.db${suffix}`), await readFile(path() + suffix));
    const reopened = await crashed.open('read-write');
    expect((await reopened.get('notes', 'a'))?.doc).toEqual({ n: 1 });
    await crashed.close();
  });

  it.each([
    ['no database', Buffer.from('This is not a database at all, but long enough to look at.'.repeat(20))],
    ['a damaged header', Buffer.alloc(8192, 7)],
  ])('is refused where it is %s, saying what to do', async (_, content) => {
    await temporary.store.close();
    await writeFile(path(), content);
    await expect(temporary.open('read-write')).rejects.toThrow(/read\.db: .*delete it and start again/);
    await expect(temporary.open('read-write')).rejects.toBeInstanceOf(StoreRefusedError);
  });

  it('is refused where another program or another version made it', async () => {
    await temporary.store.close();
    const newer = new Database(path());
    newer.pragma('user_version = 99');
    newer.close();
    await expect(temporary.open('read-only')).rejects.toThrow(
      /is newer than 1, all that this version knows; delete it/,
    );
    await rm(path());
    const foreign = new Database(path());
    foreign.exec('CREATE TABLE theirs (x)');
    foreign.close();
    await expect(temporary.open('read-write')).rejects.toThrow(/not made by this engine; delete it/);
  });

  it('is refused where its tables are damaged', async () => {
    await temporary.store.ensure(notes);
    await temporary.store.close();
    const content = await readFile(path());
    await writeFile(path(), content.fill(0x5a, 100, 4096));
    await expect(temporary.open('read-write')).rejects.toBeInstanceOf(StoreRefusedError);
  });

  it('keeps nothing of a commit on a full disk and goes on when there is space again', async () => {
    await temporary.store.ensure(notes);
    await put(temporary.store, notes, [write('a', 1, { n: 1 })]);
    const database = new Database(path());
    const store = new SqliteReadModelStore(database);
    database.pragma(`max_page_count = ${String(database.pragma('page_count', { simple: true }))}`);
    const large = [write('a', 2, { n: 2 }), write('large', 2, { text: 'x'.repeat(100_000) })];
    await expect(put(store, notes, large)).rejects.toBeInstanceOf(ReadModelStoreUnavailableError);
    expect((await store.get('notes', 'a'))?.doc).toEqual({ n: 1 });
    expect(await store.checkpoint('notes')).toEqual(checkpointAt(1));
    database.pragma('max_page_count = 100000');
    await store.commit(notes, large, await nextMove(store, notes));
    expect((await temporary.store.get('notes', 'large'))?.position).toBe(large[1]?.position);
    await store.close();
  });
});
