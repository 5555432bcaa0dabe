import type { Worker } from 'node:worker_threads';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { startThread, type ThreadOptions } from '../../worker/start-thread.js';
import { messageOf } from '../sqlite-errors.js';
import type { Failed, FromWriter, Poisoned, ToWriter, Written } from './writer-protocol.js';

/** Hears the answers; the loss of the thread is a failure for good whose group may have been recorded. */
export type WriterListener<Answer extends Written> = (answer: Answer | Failed | Poisoned) => void;

/** The caller's end of the thread that owns a file's write connection, see `serveWriter`. */
export class WriterThread<Group, Answer extends Written, Opened = null> {
  readonly #exited: Promise<void>;
  #listener: WriterListener<Answer> | null = null;
  #lost: Failed | null = null;
  #isClosing = false;

  private constructor(
    private readonly worker: Worker,
    /** What the thread told of the file. */
    readonly opened: Opened,
  ) {
    worker.on('message', (message: Answer | Failed | Poisoned) => this.#listener?.(message));
    worker.on('error', (error: unknown) => this.#lose(messageOf(error)));
    this.#exited = new Promise((resolve) => {
      worker.once('exit', (code) => {
        this.#lose(`the writer thread ended with code ${code}`);
        resolve();
      });
    });
  }

  /**
   * Resolves when the file is open.
   * @throws StoreRefusedError the file cannot be used; the message says what to do
   */
  static async start<Group, Answer extends Written, Opened = null>(
    entry: URL,
    options: ThreadOptions,
  ): Promise<WriterThread<Group, Answer, Opened>> {
    const worker = startThread(entry, options);
    return new WriterThread<Group, Answer, Opened>(worker, await opened(worker));
  }

  listen(listener: WriterListener<Answer>): void {
    this.#listener = listener;
    if (this.#lost !== null) listener(this.#lost);
  }

  /** Hands over a group; the answers come in the order of the groups. */
  write(group: Group): void {
    this.#post({ kind: 'write', group });
  }

  /** Resolves when the connection is closed behind all that was handed over, and the thread has ended. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#post({ kind: 'close' });
    await this.#exited;
  }

  #post(message: ToWriter<Group>): void {
    this.worker.postMessage(message);
  }

  #lose(message: string): void {
    if (this.#lost !== null || this.#isClosing) return;
    this.#lost = { kind: 'failed', message, poisoned: true, unknown: true };
    this.#listener?.(this.#lost);
  }
}

function opened<Opened>(worker: Worker): Promise<Opened> {
  return new Promise((resolve, reject) => {
    worker.once('message', (message: FromWriter<Written, Opened>) => {
      if (message.kind === 'opened') resolve(message.opened);
      else reject(new StoreRefusedError(message.kind === 'refused' ? message.message : 'the writer did not start'));
    });
    worker.once('error', (error: unknown) => {
      reject(new StoreRefusedError(`the writer did not start: ${messageOf(error)}`, { cause: error }));
    });
    worker.once('exit', (code) => reject(new StoreRefusedError(`the writer did not start: exit code ${code}`)));
  });
}
