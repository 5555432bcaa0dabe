import { serveWriter } from '../../sqlite/writer/serve-writer.js';
import type { DocumentPut, DocumentStore } from '../document-store.js';
import { openSqliteDocumentStore } from './open-sqlite-document-store.js';
import type { DocumentsWritten, DocumentWrite, Failure, WriterOptions } from './writer-protocol.js';

async function write(store: DocumentStore, one: DocumentWrite): Promise<boolean> {
  if (one.kind === 'ensure') await store.ensure(one.collection);
  else if (one.kind === 'put') await store.put(one.collection, JSON.parse(one.puts) as readonly DocumentPut[]);
  else if (one.kind === 'clear') await store.clear(one.collection);
  else return store.compareAndSet(one.collection, one.change);
  return true;
}

function failureOf(error: unknown): Failure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message };
}

/** The thread that owns the write connection of the documents. */
await serveWriter<WriterOptions, readonly DocumentWrite[], DocumentsWritten, null>(async (options) => {
  const store = await openSqliteDocumentStore({ ...options, access: 'read-write' });
  return {
    opened: null,
    write: async (group) => {
      const results: (boolean | Failure)[] = [];
      for (const one of group) results.push(await write(store, one).catch(failureOf));
      return { kind: 'written', results };
    },
    close: () => store.close(),
  };
});
