import { Worker } from 'node:worker_threads';
import { StoreRefusedError } from '../errors.js';
import { messageOf } from './sqlite-errors.js';
import { workerEntry } from '../../worker/worker-entry.js';
import type { FromWriter, ToWriter, WriterOptions } from './writer-protocol.js';

export interface WriterListener {
  onMessage(message: FromWriter): void;
  /** The thread is gone without having been asked to. */
  onLost(reason: string): void;
}

/** The caller's end of the thread that owns the write connection. */
export class WriterThread {
  #listener: WriterListener | null = null;
  #lost: string | null = null;

  private constructor(
    private readonly worker: Worker,
    readonly logId: string,
  ) {
    worker.on('message', (message: FromWriter) => this.#listener?.onMessage(message));
    worker.on('error', (error: unknown) => this.#lose(messageOf(error)));
    worker.on('exit', (code) => this.#lose(`the writer thread ended with code ${code}`));
  }

  /** @throws StoreRefusedError the directory cannot be used */
  static async start(options: WriterOptions): Promise<WriterThread> {
    const entry = await workerEntry('writer.worker', import.meta.url);
    const worker = new Worker(entry, { workerData: options, execArgv: [], name: 'event-store-writer' });
    return new WriterThread(worker, await opened(worker));
  }

  listen(listener: WriterListener): void {
    this.#listener = listener;
    if (this.#lost !== null) listener.onLost(this.#lost);
  }

  post(message: ToWriter): void {
    this.worker.postMessage(message);
  }

  /** Resolves when the connection is closed and the thread has ended. */
  async close(): Promise<void> {
    this.#listener = null;
    if (this.#lost !== null) return;
    this.#lost = 'closed';
    await new Promise<void>((resolve) => {
      this.worker.once('exit', () => resolve());
      this.post({ kind: 'close' });
    });
  }

  #lose(reason: string): void {
    if (this.#lost !== null) return;
    this.#lost = reason;
    this.#listener?.onLost(reason);
  }
}

function opened(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.once('message', (message: FromWriter) => {
      if (message.kind === 'opened') resolve(message.logId);
      else reject(new StoreRefusedError(message.kind === 'refused' ? message.message : 'the writer did not start'));
    });
    worker.once('error', (error: unknown) => {
      reject(new StoreRefusedError(`the writer did not start: ${messageOf(error)}`, { cause: error }));
    });
    worker.once('exit', (code) => reject(new StoreRefusedError(`the writer did not start: exit code ${code}`)));
  });
}
