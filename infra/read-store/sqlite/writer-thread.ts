import { Worker } from 'node:worker_threads';
import { StoreRefusedError } from '../../event-store/index.js';
import { workerEntry } from '../../worker/worker-entry.js';
import { CheckpointConflictError, ReadStoreUnavailableError } from '../read-store.js';
import type { Failure, FromWriter, ToWriter, Write, WriterOptions } from './writer-protocol.js';

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The caller's end of a thread that writes documents. */
export class WriterThread {
  readonly #waiting: Waiting[] = [];
  readonly #exited: Promise<void>;
  #ended: string | null = null;

  private constructor(private readonly worker: Worker) {
    worker.on('message', (message: FromWriter) => this.#answered(message));
    worker.on('error', (error: unknown) => this.#end(String(error)));
    this.#exited = new Promise((resolve) => {
      worker.on('exit', (code) => {
        this.#end(`it ended with code ${code}`);
        resolve();
      });
    });
  }

  /** @throws StoreRefusedError the file cannot be used */
  static async start(options: WriterOptions): Promise<WriterThread> {
    const entry = await workerEntry('document-writer.worker', import.meta.url);
    const worker = new Worker(entry, { workerData: options, execArgv: [], name: 'document-writer' });
    await opened(worker);
    return new WriterThread(worker);
  }

  /** Why nothing can be written any more; null while it can. */
  get ended(): string | null {
    return this.#ended;
  }

  /** Resolves when it is committed. @throws what the store throws */
  write(one: Write): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) throw unavailable(this.#ended);
      this.#waiting.push({ resolve, reject });
      this.#post(one);
    });
  }

  /** Ends the thread behind everything that it was given. */
  async close(): Promise<void> {
    this.#post({ kind: 'close' });
    this.#ended ??= 'it is closed';
    await this.#exited;
  }

  #answered(message: FromWriter): void {
    const waiting = this.#waiting.shift();
    if (message.kind === 'failed') waiting?.reject(errorOf(message.failure));
    else waiting?.resolve();
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(unavailable(reason));
  }

  #post(message: ToWriter): void {
    this.worker.postMessage(message);
  }
}

const unavailable = (reason: string): ReadStoreUnavailableError =>
  new ReadStoreUnavailableError(`the writer thread of the read store has gone: ${reason}`);

function errorOf({ name, message, collection }: Failure): Error {
  if (collection !== undefined) return new CheckpointConflictError(collection);
  if (name === 'ReadStoreUnavailableError') return new ReadStoreUnavailableError(message);
  if (name === 'StoreRefusedError') return new StoreRefusedError(message);
  return new Error(message);
}

function opened(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', (message: FromWriter) => {
      if (message.kind === 'refused') reject(errorOf(message.failure));
      else resolve();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(unavailable(`it ended with code ${code}`)));
  });
}
