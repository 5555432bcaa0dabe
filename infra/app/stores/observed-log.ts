import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Config } from '../../config/index.js';
import { KnownHead } from '../../event-store/index.js';
import type { LogObserver } from '../../event-store/log-observer.js';
import type { Position } from '../../shared/position.js';
import {
  registerAppendMetrics,
  registerDropMetrics,
  registerLogFileMetrics,
  registerLogMetrics,
} from '../../telemetry/metrics/index.js';
import { logFilesOf } from './embedded-files.js';
import { openLog, type Log } from './stores.js';

/**
 * Opens the log for writing, with metrics of its appends, its head and its files.
 * @throws StoreRefusedError as `openLog`
 */
export async function openObservedLog(config: Config, logger: Logger, registry: Registry): Promise<Log> {
  const log = await openLog(config, 'read-write', observer(registry, logger));
  const head = new KnownHead(() => log.events.head());
  registerLogMetrics(registry, () => head.latest());
  const files = logFilesOf(config.eventStoreUrl);
  if (files !== null) registerLogFileMetrics(registry, files);
  return log;
}

function observer(registry: Registry, logger: Logger): LogObserver {
  const countDrop = registerDropMetrics(registry);
  return {
    onCommit: registerAppendMetrics(registry),
    onDropped: (reason) => {
      countDrop();
      logger.warn({ reason }, 'the event store has ended the subscription: it is begun anew');
    },
  };
}

/** Looks up when the first event after the position was recorded; null where there is none. */
export async function recordedAfter({ sealed }: Log, position: Position | null): Promise<string | null> {
  for await (const { at } of sealed.readAll({ from: position, limit: 1 })) return at;
  return null;
}
