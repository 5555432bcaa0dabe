import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { documentStoreContract } from '../document-store.contract.js';
import type { DocumentStore } from '../document-store.js';
import { openThreadedDocumentStore } from './threaded-document-store.js';

const NOTES = { name: 'notes', indexes: [] };

/** Stores on one directory that is deleted with them. */
async function openTemporary(): Promise<{
  directory: string;
  open: () => Promise<DocumentStore>;
  dispose: () => Promise<void>;
}> {
  const directory = await mkdtemp(join(tmpdir(), 'cartwright-threaded-'));
  const opened: DocumentStore[] = [];
  const open = async (): Promise<DocumentStore> => {
    const store = await openThreadedDocumentStore({ directory, file: 'documents.db' });
    opened.push(store);
    return store;
  };
  const dispose = async (): Promise<void> => {
    for (const store of opened) await store.close();
    await rm(directory, { recursive: true, force: true });
  };
  return { directory, open, dispose };
}

documentStoreContract('SQLite, written by a thread', async () => {
  const { open, dispose } = await openTemporary();
  return { store: await open(), connect: open, dispose };
});

describe('a document store that is written by a thread', () => {
  let temporary: Awaited<ReturnType<typeof openTemporary>>;
  beforeEach(async () => {
    temporary = await openTemporary();
  });
  afterEach(() => temporary.dispose());

  it('leaves the caller free while a write waits for another process', async () => {
    const store = await temporary.open();
    await store.ensure(NOTES);
    const other = new Database(join(temporary.directory, 'documents.db'));
    other.exec('BEGIN IMMEDIATE');
    const written = store.put('notes', [{ id: 'a', doc: { n: 1 } }]);
    await turn();
    other.exec('ROLLBACK');
    other.close();
    await written;
    expect(await store.get('notes', 'a')).toEqual({ n: 1 });
  });

  it('does writes in the order of their calls', async () => {
    const store = await temporary.open();
    await store.ensure(NOTES);
    const always = (n: number): Promise<void> => store.put('notes', [{ id: 'a', doc: { n } }]);
    await Promise.all([1, 2, 3].map(always));
    expect(await store.get('notes', 'a')).toEqual({ n: 3 });
  });

  it('finishes what it was given before it closes, and takes nothing afterwards', async () => {
    const store = await temporary.open();
    await store.ensure(NOTES);
    const written = store.put('notes', [{ id: 'a', doc: { n: 1 } }]);
    await store.close();
    await expect(written).resolves.toBeUndefined();
    expect(await (await temporary.open()).get('notes', 'a')).toEqual({ n: 1 });
    await expect(store.ensure(NOTES)).rejects.toMatchObject({ name: 'DocumentStoreUnavailableError' });
    await expect(store.ping()).rejects.toMatchObject({ name: 'DocumentStoreUnavailableError' });
  });

  it('refuses a file that is not ours in the words of the other', async () => {
    await writeFile(join(temporary.directory, 'documents.db'), 'no database');
    await expect(temporary.open()).rejects.toMatchObject({
      name: 'StoreRefusedError',
      message: expect.stringContaining('delete it and start again'),
    });
  });
});
