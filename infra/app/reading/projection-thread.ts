import type { Logger } from 'pino';
import type { ProgressUpdate } from '../../engine/projections/progress.js';
import type { Config } from '../../config/index.js';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { NotReadyError } from '../../http/ops/not-ready.error.js';
import { unavailable, type StoreName } from '../boot/missing-store.js';
import { startThread } from '../../worker/start-thread.js';

/** The data that the projection thread is started with. */
export interface ProjectionThreadOptions {
  readonly eventStoreUrl: string;
  readonly readStoreUrl: string;
  readonly searchUrl: string;
  readonly searchApiKey: string | null;
  readonly keyStoreUrl: string;
  readonly serverSecret: Uint8Array;
  readonly logLevel: string;
}

export type ToProjections = { readonly kind: 'close' };

export type FromProjections =
  | { readonly kind: 'ready' }
  /** Another process keeps the read models; progress messages follow once this one does. */
  | { readonly kind: 'standby' }
  | { readonly kind: 'progress'; readonly update: ProgressUpdate }
  /** The stores cannot be used; the message says what to do. */
  | { readonly kind: 'refused'; readonly message: string }
  /** A store did not answer when the projections were to start. */
  | { readonly kind: 'away'; readonly store: StoreName; readonly message: string }
  /** The projections have ended by an error; they are started again here, or another process takes over. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' };

export interface ProjectionThread {
  /** Whether this thread keeps the read models, rather than another process. */
  readonly isLeader: boolean;
  /** @throws NotReadyError the projections have ended by an error and are not started again yet */
  ping(): Promise<void>;
  /** Finishes the page under way and writes the checkpoints. */
  close(): Promise<void>;
}

/** Size of the heap's young generation, in which a page of events fits with the documents that it changes. */
const YOUNG_MIB = 48;

export interface ProjectionListener {
  onProgress(update: ProgressUpdate): void;
  /** Called when another process keeps the read models, or has to; progress follows once this one does again. */
  onStandby(): void;
}

/**
 * Starts the projections in a thread of their own; resolves when they follow the log or stand by.
 * @throws StoreRefusedError whose message says what to do; StoreUnavailableError and its like when a store is away
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
  const entry = new URL('./projections.worker.js', import.meta.url);
  const worker = startThread(entry, { name: 'projections', workerData, youngMib: YOUNG_MIB });
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
    get isLeader() {
      return condition.isLeader;
    },
    ping: async () => condition.check(),
    close: async () => {
      const message: ToProjections = { kind: 'close' };
      worker.postMessage(message);
      await exit;
    },
  };
}

/** The state of the projections by the last message of their thread. */
class Condition {
  #trouble: string | null = null;
  isLeader = false;

  constructor(private readonly listener: ProjectionListener) {}

  take(message: Exclude<FromProjections, { readonly kind: 'ready' | 'refused' | 'away' }>): void {
    this.isLeader = message.kind === 'progress';
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
