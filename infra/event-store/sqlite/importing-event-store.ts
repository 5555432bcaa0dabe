import type { EventStore, RecordedEvent } from '../event-store.js';
import type { LogImporter } from '../log-importer.js';
import { CommitFeed } from './commit-feed.js';
import { openForReading, openForWriting, logPath, type Connection } from './log-file.js';
import { LogImport, type Stretch } from './log-import.js';
import { LogReader } from './log-reader.js';
import { SqliteLogChain } from './sqlite-log-chain.js';
import { SqliteEventStore, type StoreParts } from './sqlite-event-store.js';

interface WaitingStretch extends Stretch {
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Opens the log of a directory, or creates it, to import another log's events; no engine may append to it meanwhile. Imports of one
 * turn of the event loop share a transaction, in the order of the calls.
 * @throws StoreRefusedError the directory or its log cannot be used
 */
export async function openSqliteForImport(directory: string): Promise<EventStore & LogImporter> {
  const { db, logId } = openForWriting(directory);
  const reading = openForReading(directory).db;
  const reader = new LogReader(reading);
  const chain = new SqliteLogChain(reading);
  const feed = new CommitFeed(reader, null);
  return new ImportingEventStore(
    { logId, reader, chain, feed, write: null },
    db,
    new LogImport(db, logPath(directory)),
  );
}

class ImportingEventStore extends SqliteEventStore implements LogImporter {
  #waiting: WaitingStretch[] = [];

  constructor(
    parts: StoreParts,
    private readonly db: Connection,
    private readonly log: LogImport,
  ) {
    super(parts);
  }

  importRecorded(
    stream: string,
    events: readonly RecordedEvent[],
    expectedRevision: number | 'no-stream',
  ): Promise<void> {
    const expected = expectedRevision === 'no-stream' ? -1 : expectedRevision;
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#commit());
      this.#waiting.push({ stream, events, expected, resolve, reject });
    });
  }

  #commit(): void {
    const stretches = this.#waiting;
    this.#waiting = [];
    try {
      this.log.write(stretches);
      for (const { resolve } of stretches) resolve();
    } catch (error) {
      for (const { reject } of stretches) reject(error);
    }
  }

  override async close(): Promise<void> {
    // The writing connection closes last, as the last one moves the write-ahead log into the file.
    await super.close();
    this.db.close();
  }
}
