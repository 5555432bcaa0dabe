import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { ProgressUpdate } from '../../projections/progress.js';
import type { Config } from '../config/index.js';
import { StoreRefusedError } from '../event-store/index.js';
import type { FromProjections, ProjectionThreadOptions, ToProjections } from './projection-protocol.js';

export interface ProjectionThread {
  /** Throws when the thread has ended by itself. */
  ping(): Promise<void>;
  /** Finishes the page under way and writes the checkpoints. */
  close(): Promise<void>;
}

export interface ProjectionListener {
  onProgress(update: ProgressUpdate): void;
  /** Another process keeps the read models, until there is progress again. */
  onStandby(): void;
}

/**
 * Starts the projections in a thread of their own; resolves when they follow the log, or stand by.
 * @throws StoreRefusedError with what to do
 */
export async function startProjectionThread(
  config: Config,
  logger: Logger,
  listener: ProjectionListener,
): Promise<ProjectionThread> {
  const { eventStoreUrl, readStoreUrl, searchUrl, keyStoreUrl, serverSecret, logLevel } = config;
  const workerData: ProjectionThreadOptions = {
    eventStoreUrl,
    readStoreUrl,
    searchUrl,
    keyStoreUrl,
    serverSecret,
    logLevel,
  };
  const worker = new Worker(new URL('./projections.worker.js', import.meta.url), { workerData });
  let ended: string | null = null;
  const end = (reason: string): void => {
    ended = reason;
    logger.error({ reason }, 'the projections have ended: reads stand still until the engine is restarted');
  };
  const exit = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromProjections) => {
      if (message.kind === 'progress') listener.onProgress(message.update);
      else if (message.kind === 'standby') listener.onStandby();
      else if (message.kind === 'ready') resolve();
      else if (message.kind === 'refused') reject(new StoreRefusedError(message.message));
      else if (message.kind === 'closed') ended = 'closed';
      else end(message.message);
    });
    worker.on('error', (error) => {
      end(error.message);
      reject(error);
    });
  });
  return {
    ping: async () => {
      if (ended !== null) throw new Error(`the projections have ended: ${ended}`);
    },
    close: async () => {
      const message: ToProjections = { kind: 'close' };
      worker.postMessage(message);
      await exit;
    },
  };
}
