import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { SearchCursorExpiredError, SearchIndexUnavailableError, type SearchQuery } from '../search-index.js';
import { fill, product, query, skusOf } from '../test-support/sample-products.js';
import { openTemporarySearchIndex, type TemporarySearchIndex } from '../test-support/index.js';
import { openSqliteSearchIndex } from './index.js';
import { PINS_FILE, SEARCH_FILE } from './search-files.js';

const EVERYTHING: SearchQuery = { filter: {}, sort: 'name', limit: 1 };

describe('the files and the thread of the search index', () => {
  let temporary: TemporarySearchIndex;
  beforeEach(async () => {
    temporary = await openTemporarySearchIndex();
  });
  afterEach(() => temporary.dispose());

  it('searches leave the thread that asks free', async () => {
    const { index } = temporary;
    await index.ensure({ version: 1, build: 0 });
    await index.ping();
    let isAnswered = false;
    const searching = index.search(EVERYTHING).then(() => (isAnswered = true));
    // An answer made on this thread needs no message, and would be there after a few turns of its microtasks.
    for (let turn = 0; turn < 1_000; turn += 1) await Promise.resolve();
    expect(isAnswered).toBe(false);
    await searching;
  });

  it('answers are tried again with a new thread after one could not start', async () => {
    const pins = join(temporary.directory, PINS_FILE);
    writeFileSync(pins, 'not a database, and longer than a header of one would be'.repeat(20));
    await expect(temporary.index.search(EVERYTHING)).rejects.toBeInstanceOf(SearchIndexUnavailableError);
    rmSync(pins);
    expect(await temporary.index.search(EVERYTHING)).toMatchObject({ total: 0 });
  });

  it('a first page comes also where its hits cannot be kept, with a cursor that has expired', async () => {
    const { index, directory } = temporary;
    await fill(index, [product('a', 'Soap'), product('b', 'Soap')]);
    await index.ping();
    const pins = new Database(join(directory, PINS_FILE));
    pins.exec('BEGIN IMMEDIATE');
    const { hits, total, next } = await index.search(query('soap', { limit: 1 }));
    pins.close();
    expect([hits.length, total]).toEqual([1, 2]);
    const late = index.search(query('soap', { limit: 1, after: next ?? [] }));
    await expect(late).rejects.toBeInstanceOf(SearchCursorExpiredError);
    const again = await index.search(query('soap', { limit: 1 }));
    expect(await skusOf(index, query('soap', { limit: 1, after: again.next ?? [] }))).toEqual(['b']);
  });

  it('a closed index answers nothing, and can be closed again', async () => {
    await temporary.index.close();
    await expect(temporary.index.search(EVERYTHING)).rejects.toBeInstanceOf(SearchIndexUnavailableError);
    await temporary.index.close();
  });

  it('a file of another program or format is refused, saying what to do', async () => {
    const { directory } = temporary;
    const open = () => openSqliteSearchIndex({ directory, access: 'read-only' });
    await temporary.index.close();
    const file = new Database(join(directory, SEARCH_FILE));
    file.pragma('user_version = 99');
    await expect(open()).rejects.toThrow(/is newer than 2, all that this version knows; delete it/);
    file.pragma('application_id = 5');
    file.close();
    await expect(open()).rejects.toBeInstanceOf(StoreRefusedError);
    // A write-ahead log that is left behind would stand in for the file.
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(directory, SEARCH_FILE + suffix), { force: true });
    writeFileSync(join(directory, SEARCH_FILE), 'nothing like a database'.repeat(100));
    await expect(open()).rejects.toThrow(/not a SQLite file; delete it/);
  });
});
