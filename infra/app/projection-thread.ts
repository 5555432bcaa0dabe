import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { ProgressUpdate } from '../../projections/progress.js';
import type { Config } from '../config/index.js';
import { StoreRefusedError } from '../event-store/index.js';
import { NotReadyError } from '../http/ops/not-ready.error.js';
import { unavailable } from './missing-store.js';
import type { FromProjections, ProjectionThreadOptions, ToProjections } from './projection-protocol.js';

export interface ProjectionThread {
  /** Whether it keeps the read models, rather than another process. */
  readonly isAtWork: boolean;
  /** @throws NotReadyError when the projections have ended by themselves, until they are taken up again */
  ping(): Promise<void>;
  /** Finishes the page under way and writes the checkpoints. */
  close(): Promise<void>;
}

export interface ProjectionListener {
  onProgress(update: ProgressUpdate): void;
  /** Another process keeps the read models, or has to, until there is progress again. */
  onStandby(): void;
}

/**
 * Starts the projections in a thread of their own; resolves when they follow the log, or stand by.
 * @throws StoreRefusedError with what to do; StoreUnavailableError and the like when a store is away
 */
export async function startProjectionThread(
  config: Config,
  logger: Logger,
  listener: ProjectionListener,
): Promise<ProjectionThread> {
  const { eventStoreUrl, readStoreUrl, searchUrl, searchApiKey, keyStoreUrl, serverSecret, logLevel } = config;
  const workerData: ProjectionThreadOptions = {
    eventStoreUrl,
    readStoreUrl,
    searchUrl,
    searchApiKey,
    keyStoreUrl,
    serverSecret,
    logLevel,
  };
  const worker = new Worker(new URL('./projections.worker.js', import.meta.url), { workerData });
  const condition = new Condition(listener);
  const exit = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromProjections) => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'refused') reject(new StoreRefusedError(message.message));
      else if (message.kind === 'away') reject(unavailable(message.store, message.message));
      else condition.take(message);
    });
    worker.on('error', (error) => {
      condition.take({ kind: 'failed', message: `${error.name}, until the engine is restarted` });
      logger.error({ err: error }, 'the projections have ended: restart the engine, unless another process takes over');
      reject(error);
    });
  });
  return {
    get isAtWork() {
      return condition.isAtWork;
    },
    ping: async () => condition.check(),
    close: async () => {
      const message: ToProjections = { kind: 'close' };
      worker.postMessage(message);
      await exit;
    },
  };
}

/** How the projections stand, by what their thread told last. */
class Condition {
  #trouble: string | null = null;
  isAtWork = false;

  constructor(private readonly listener: ProjectionListener) {}

  take(message: Exclude<FromProjections, { readonly kind: 'ready' | 'refused' | 'away' }>): void {
    this.isAtWork = message.kind === 'progress';
    if (message.kind === 'closed') {
      this.#trouble = 'closed';
      return;
    }
    this.#trouble = message.kind === 'failed' ? message.message : null;
    if (message.kind === 'progress') this.listener.onProgress(message.update);
    else this.listener.onStandby();
  }

  check(): void {
    if (this.#trouble !== null) throw new NotReadyError(`the projections have ended: ${this.#trouble}`);
  }
}
