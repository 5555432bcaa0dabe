import type { Logger } from 'pino';
import type { DocumentStore } from '../../document-store/index.js';
import { LogWatch } from '../../../write-side/shared/event-watch.js';
import {
  type CommandExecutor,
  openSnapshotStore,
  QueueingExecutor,
  type UnitsOfWork,
} from '../../engine/commands/index.js';
import { openKeptOutcomes, type KeptOutcomes } from '../../../write-side/shared/kept-outcomes.js';
import { observedExecutor } from './observed-executor.js';
import { NotReadyError } from '../../http/ops/not-ready.error.js';
import type { ReadinessCheck } from '../../http/ops/readiness.js';
import type { Closers } from '../boot/closers.js';
import type { Log } from '../stores/stores.js';

/** Order events that a checkout's answer may wait for. */
const WATCHED = ['order.opened.v1', 'order.confirmed.v1', 'order.rejected.v1', 'order.cancelled.v1'];

export interface WriteParts {
  readonly executor: CommandExecutor;
  readonly units: UnitsOfWork;
  readonly watch: LogWatch;
  readonly kept: KeptOutcomes;
}

/** Opens the executor and what it needs, which the command API and the sagas of this process share. */
export async function openWriteParts(
  stores: { readonly log: Log; readonly processes: DocumentStore },
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
  return { executor: observedExecutor(executor, logger), units: executor, watch, kept };
}

/** Checks that the log is followed; otherwise checkouts that wait for their order would be answered late. */
export const watchCheck = (watch: Pick<LogWatch, 'isFollowing'>): ReadinessCheck => ({
  name: 'command-watch',
  check: async () => {
    if (!watch.isFollowing) throw new NotReadyError('the log is not followed: following it again');
  },
});
