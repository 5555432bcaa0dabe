import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DocumentStore } from '../document-store.js';
import { openSqliteDocumentStore } from '../sqlite/index.js';

export interface TemporaryDocumentStore {
  readonly store: DocumentStore;
  /** One more opener of the same file; closed with the rest. */
  open(): Promise<DocumentStore>;
  /** Closes every opener and deletes the directory. */
  close(): Promise<void>;
}

/** A document store of its own in a temporary directory, for tests. */
export async function openTemporaryDocumentStore(): Promise<TemporaryDocumentStore> {
  const directory = await mkdtemp(join(tmpdir(), 'cartwright-documents-'));
  const opened: DocumentStore[] = [];
  const open = async (): Promise<DocumentStore> => {
    const store = await openSqliteDocumentStore({ directory, file: 'documents.db', access: 'read-write' });
    opened.push(store);
    return store;
  };
  return {
    store: await open(),
    open,
    close: async () => {
      for (const store of opened) await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
