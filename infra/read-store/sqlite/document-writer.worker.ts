import { parentPort, workerData } from 'node:worker_threads';
import { CheckpointConflictError } from '../read-store.js';
import type { CollectionCommit, ReadStore } from '../read-store.js';
import { openSqliteReadStore } from './sqlite-read-store.js';
import type { Failure, FromWriter, ToWriter, Write, WriterOptions } from './writer-protocol.js';

/** Thread that owns the write connection; it answers each message in order. */
const answer = (message: FromWriter): void => parentPort?.postMessage(message);

function failureOf(error: unknown): Failure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message, ...(error instanceof CheckpointConflictError && { collection: error.collection }) };
}

function write(store: ReadStore, one: Write): Promise<void> {
  if (one.kind === 'ensure') return store.ensure(one.collection);
  if (one.kind === 'promote') return store.promote(one.collection);
  return store.commitAll(JSON.parse(one.commits) as readonly CollectionCommit[]);
}

async function serve(store: ReadStore, message: ToWriter): Promise<void> {
  if (message.kind === 'close') {
    await store.close();
    return parentPort?.close();
  }
  try {
    await write(store, message);
    answer({ kind: 'done' });
  } catch (error) {
    answer({ kind: 'failed', failure: failureOf(error) });
  }
}

try {
  const store = await openSqliteReadStore({ ...(workerData as WriterOptions), access: 'read-write' });
  parentPort?.on('message', (message: ToWriter) => void serve(store, message));
  answer({ kind: 'opened' });
} catch (error) {
  answer({ kind: 'refused', failure: failureOf(error) });
  parentPort?.close();
}
