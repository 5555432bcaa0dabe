import type { EventStore } from '../event-store.js';
import type { LogRegister } from '../log-register.js';
import { CommitFeed } from './commit-feed.js';
import type { CommitObserver } from '../log-observer.js';
import { GroupCommit } from './group-commit.js';
import { channelOf } from './log-channel.js';
import { openForReading } from './log-file.js';
import { LogReader } from './log-reader.js';
import { SqliteEventStore } from './sqlite-event-store.js';
import { SqliteLogChain } from './sqlite-log-chain.js';
import { WriterThread } from '../../sqlite/writer/writer-thread.js';
import { workerEntry } from '../../worker/worker-entry.js';
import type { Appends, Committed, WriterOptions } from './writer-protocol.js';

export interface SqliteEventStoreOptions {
  /** The directory of `events.db`; it is created where it is missing and the store is opened for writing. */
  readonly directory: string;
  /** `read-only`, for threads and processes that only follow: appends are refused, and there is no writer thread. */
  readonly access: 'read-write' | 'read-only';
  /** How long an append waits for another process's transaction before it is refused; default 5,000. */
  readonly busyTimeoutMs?: number;
  /** Upper bound of the file in pages of 8 KiB, as a full disk would set it. */
  readonly maxPages?: number;
  readonly onCommit?: CommitObserver;
}

/**
 * Opens the embedded event store.
 * @throws StoreRefusedError the directory or its log cannot be used; the message says what to do
 */
export async function openSqliteEventStore(options: SqliteEventStoreOptions): Promise<EventStore & LogRegister> {
  return options.access === 'read-only' ? openReadOnly(options) : openReadWrite(options);
}

async function openReadWrite(options: SqliteEventStoreOptions): Promise<EventStore & LogRegister> {
  const workerData: WriterOptions = {
    directory: options.directory,
    busyTimeoutMs: options.busyTimeoutMs ?? 5_000,
    ...(options.maxPages === undefined ? {} : { maxPages: options.maxPages }),
  };
  const entry = await workerEntry('writer.worker', import.meta.url);
  const thread = await WriterThread.start<Appends, Committed, string>(entry, {
    name: 'event-store-writer',
    workerData,
  });
  const { db, logId } = openForReading(options.directory);
  const reader = new LogReader(db);
  const feed = new CommitFeed(reader, null);
  const queue = new GroupCommit(thread, feed, options.onCommit ?? null);
  return new SqliteEventStore({ logId, reader, chain: new SqliteLogChain(db), feed, write: { thread, queue } });
}

function openReadOnly({ directory }: SqliteEventStoreOptions): EventStore & LogRegister {
  const { db, logId } = openForReading(directory);
  const reader = new LogReader(db);
  return new SqliteEventStore({
    logId,
    reader,
    chain: new SqliteLogChain(db),
    feed: new CommitFeed(reader, channelOf(directory)),
    write: null,
  });
}
