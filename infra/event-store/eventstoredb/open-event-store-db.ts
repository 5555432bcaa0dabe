import { setMaxListeners } from 'node:events';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { StoreRefusedError } from '../../shared/store-errors.js';
import type { EventStore } from '../event-store.js';
import type { LogImporter } from '../log-importer.js';
import type { LogKeeper } from '../log-register.js';
import type { CommitObserver, DropObserver } from '../log-observer.js';
import { Appender } from './appender.js';
import { BatchAppends } from './batch-appends.js';
import { connect, disconnect } from './client.js';
import { neverCreated } from './errors.js';
import { EventStoreDb, type Register } from './event-store-db.js';
import { LIMITS, type Limits } from './limits.js';
import { LogEnd } from './log-end.js';
import { createLogId, readAccepted, readLogId, recordAccepted, recordRestored, tryToWrite } from './log-id.js';
import { LogTail } from './log-tail.js';
import { withReason } from './connection-reason.js';
import { watchTail } from './tail-watch.js';
import { PageReader } from './page-reader.js';
import { BEGINNING } from './positions.js';
import { retrying } from './retry.js';
import { SameLog } from './same-log.js';
import { assertSupported, readVersion } from './server-version.js';

export interface EventStoreDbOptions {
  /** `esdb://…` or `esdb+discover://…`, as EventStoreDB's drivers take it. */
  readonly url: string;
  /** `read-only`: appends are refused. For threads and processes that only follow. */
  readonly access: 'read-write' | 'read-only';
  readonly onCommit?: CommitObserver;
  readonly onDropped?: DropObserver;
  /** For specs, which cannot wait as long. */
  readonly limits?: Partial<Limits>;
}

/**
 * Opens an event store on EventStoreDB 23.10 or newer, which tells when a subscription has caught up, and the positions of a stream's
 * events. Its user must be allowed to read `$all`. It waits up to half a minute for a store that is away.
 *
 * Times of events are those of the leader's clock, so they decrease along the log where that clock is set back, or the clock of the
 * next leader is behind. Events that were copied from another log keep their times.
 * @throws StoreRefusedError the connection string cannot be used, or the log is to be read but was never created
 * @throws StoreUnavailableError the store did not answer in time, or does not let us in
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore & LogImporter & LogKeeper> {
  const limits: Limits = { ...LIMITS, ...options.limits };
  let tail: LogTail | null = null;
  const client = connect(options.url, () => tail?.move());
  const closing = new AbortController();
  // Every read that waits for a server listens to this signal.
  setMaxListeners(0, closing.signal);
  try {
    const patience = { limit: limits.open, signal: closing.signal };
    const version = await retrying(() => readVersion(client, limits.call), { doing: 'answer', ...patience });
    assertSupported(version);
    const logId = await findLogId(client, options.access, limits);
    const newest = (): string => tail?.newest ?? BEGINNING;
    const sameLog = new SameLog(client, limits, { id: logId, newest });
    const reader = new PageReader(client, sameLog, { limits, signal: closing.signal });
    // This shows at once whether the credentials allow reading the whole log.
    await retrying(() => reader.end(), { doing: 'read the log', ...patience });
    const followed = new LogTail(client, reader, {
      sameLog,
      limits,
      signal: closing.signal,
      onDropped: options.onDropped ?? null,
    });
    tail = followed;
    return assemble({ client, closing, logId, sameLog, reader, tail: followed, limits }, options);
  } catch (error) {
    await disconnect(client);
    throw await withReason(error, options.url);
  }
}

interface Opened {
  readonly client: EventStoreDBClient;
  readonly closing: AbortController;
  readonly logId: string;
  readonly sameLog: SameLog;
  readonly reader: PageReader;
  readonly tail: LogTail;
  readonly limits: Limits;
}

function assemble(opened: Opened, { access, onCommit }: EventStoreDbOptions): EventStoreDb {
  const { client, closing, logId, sameLog, reader, tail, limits } = opened;
  const { signal } = closing;
  const appends = new BatchAppends(client);
  const appending = { appends, sameLog, reader, tail, limits, signal, onCommit: onCommit ?? null };
  const appender = access === 'read-only' ? null : new Appender(appending);
  const end = new LogEnd(reader, tail, { id: logId, sameLog });
  void watchTail({ tail, end, limits, signal });
  const register: Register = {
    accepted: (what) => readAccepted(client, limits, what),
    restored: () => recordRestored(client, limits),
    accept: (acceptance) => recordAccepted(client, limits, acceptance),
  };
  const release = async (): Promise<void> => {
    closing.abort();
    tail.close();
    await disconnect(client);
  };
  return new EventStoreDb({
    logId,
    sameLog,
    reader,
    tail,
    end,
    appender,
    register,
    tryToWrite: appender === null ? null : () => tryToWrite(client, limits),
    finishMs: limits.finish,
    release,
  });
}

async function findLogId(client: EventStoreDBClient, access: 'read-write' | 'read-only', limits: Limits) {
  const { signal } = new AbortController();
  const find = async (): Promise<string> => {
    const known = await readLogId(client, limits);
    if (known !== null) return known;
    if (access === 'read-write') await createLogId(client, limits);
    const made = await readLogId(client, limits);
    if (made === null) throw neverCreated();
    return made;
  };
  try {
    return await retrying(find, { doing: 'open the log', limit: limits.open, signal });
  } catch (error) {
    throw error instanceof Error && error.cause instanceof StoreRefusedError ? error.cause : error;
  }
}
