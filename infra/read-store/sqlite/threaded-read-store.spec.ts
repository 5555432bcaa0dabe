import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { positionOfNumber } from '../../event-store/index.js';
import { notes, put, write } from '../test-support/contract/fixtures.js';
import { readStoreContract } from '../read-store.contract.js';
import type { ReadStore } from '../read-store.js';
import { openThreadedReadStore } from './threaded-read-store.js';

/** Stores on one directory that is deleted with them. */
async function openTemporary(): Promise<{
  directory: string;
  open: () => Promise<ReadStore>;
  dispose: () => Promise<void>;
}> {
  const directory = await mkdtemp(join(tmpdir(), 'cartwright-threaded-'));
  const opened: ReadStore[] = [];
  const open = async (): Promise<ReadStore> => {
    const store = await openThreadedReadStore({ directory });
    opened.push(store);
    return store;
  };
  const dispose = async (): Promise<void> => {
    for (const store of opened) await store.close();
    await rm(directory, { recursive: true, force: true });
  };
  return { directory, open, dispose };
}

readStoreContract('SQLite, written by a thread', async () => {
  const { open, dispose } = await openTemporary();
  return { store: await open(), connect: open, dispose };
});

describe('a read store that is written by a thread', () => {
  let temporary: Awaited<ReturnType<typeof openTemporary>>;
  beforeEach(async () => {
    temporary = await openTemporary();
  });
  afterEach(() => temporary.dispose());

  it('leaves the caller free while a write waits for another process', async () => {
    const store = await temporary.open();
    await store.ensure(notes);
    const other = new Database(join(temporary.directory, 'read.db'));
    other.exec('BEGIN IMMEDIATE');
    const written = put(store, notes, [write('a', 1, { n: 1 })]);
    await turn();
    other.exec('ROLLBACK');
    other.close();
    await written;
    expect((await store.get('notes', 'a'))?.doc).toEqual({ n: 1 });
  });

  it('does writes in the order of their calls', async () => {
    const store = await temporary.open();
    await store.ensure(notes);
    const always = (n: number): Promise<void> =>
      store.commitAll([
        { collection: notes, guard: 'none', writes: [{ id: 'a', position: positionOfNumber(0), doc: { n } }] },
      ]);
    await Promise.all([1, 2, 3].map(always));
    expect((await store.get('notes', 'a'))?.doc).toEqual({ n: 3 });
  });

  it('finishes what it was given before it closes, and takes nothing afterwards', async () => {
    const store = await temporary.open();
    await store.ensure(notes);
    const written = store.commitAll([{ collection: notes, writes: [write('a', 1, { n: 1 })] }]);
    await store.close();
    await expect(written).resolves.toBeUndefined();
    expect((await (await temporary.open()).get('notes', 'a'))?.doc).toEqual({ n: 1 });
    await expect(store.ensure(notes)).rejects.toMatchObject({ name: 'ReadStoreUnavailableError' });
    await expect(store.ping()).rejects.toMatchObject({ name: 'ReadStoreUnavailableError' });
  });

  it('refuses a file that is not ours in the words of the other', async () => {
    await writeFile(join(temporary.directory, 'read.db'), 'no database');
    await expect(temporary.open()).rejects.toMatchObject({
      name: 'StoreRefusedError',
      message: expect.stringContaining('delete it and start again'),
    });
  });
});
