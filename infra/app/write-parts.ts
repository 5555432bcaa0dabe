import type { Logger } from 'pino';
import type { ReadStore } from '../read-store/index.js';
import { LogWatch } from '../../write-side/shared/event-watch.js';
import type { CommandExecutor } from '../../write-side/shared/index.js';
import { openSnapshotStore, QueueingExecutor } from '../../write-side/shared/executor/index.js';
import { openKeptOutcomes, type KeptOutcomes } from '../../write-side/shared/kept-outcomes.js';
import { observedExecutor } from './observed-parts.js';
import type { Closers } from './closers.js';
import type { Log } from './stores.js';

/** Order events that a checkout's answer may wait for. */
const WATCHED = ['order.opened.v1', 'order.confirmed.v1', 'order.rejected.v1', 'order.cancelled.v1'];

export interface WriteParts {
  readonly executor: CommandExecutor;
  readonly watch: LogWatch;
  readonly kept: KeptOutcomes;
}

/** What decides commands: shared by the command API and the sagas of this process. */
export async function openWriteParts(
  stores: { readonly log: Log; readonly processes: ReadStore },
  logger: Logger,
  closers: Closers,
): Promise<WriteParts> {
  const { log, processes } = stores;
  const snapshots = await openSnapshotStore(processes, log.events.logId);
  const executor = new QueueingExecutor({ store: log.events, snapshots });
  const watch = new LogWatch(log.sealed, {
    types: WATCHED,
    onEvent: (event) => executor.notice(event),
    onError: (error) => logger.warn({ err: error }, 'the log is not followed for a moment: following it again'),
  });
  await watch.start();
  closers.add(() => watch.close());
  const kept = await openKeptOutcomes(processes, log.events.logId);
  return { executor: observedExecutor(executor, logger), watch, kept };
}
