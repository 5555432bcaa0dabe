import type { Worker } from 'node:worker_threads';
import { SearchCursorError, SearchCursorExpiredError, SearchIndexUnavailableError } from '../search-index.js';
import type { Answer, Asked, Failure, FromSearch, SearchThreadOptions, ToSearch } from './search-protocol.js';
import { startThread } from '../../worker/start-thread.js';
import { workerEntry } from '../../worker/worker-entry.js';

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** The most searches that may wait; more could not be answered in an acceptable time. */
const MOST_WAITING = 500;

/** The caller's side of the thread that answers searches. */
export class SearchThread {
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  isLost = false;

  private constructor(private readonly worker: Worker) {
    worker.on('message', (message: FromSearch) => this.#settle(message));
    worker.on('error', (error: unknown) => this.#lose(error));
    worker.on('exit', (code) => this.#lose(`exit code ${code}`));
  }

  /** @throws SearchIndexUnavailableError */
  static async start(options: SearchThreadOptions): Promise<SearchThread> {
    const entry = await workerEntry('search.worker', import.meta.url);
    const worker = startThread(entry, { name: 'search', workerData: options });
    await opened(worker);
    return new SearchThread(worker);
  }

  ask(asked: Asked): Promise<Answer> {
    if (this.isLost) return Promise.reject(new SearchIndexUnavailableError('the search thread has ended'));
    if (this.#waiting.size >= MOST_WAITING) {
      return Promise.reject(new SearchIndexUnavailableError('too many searches wait'));
    }
    const id = (this.#asked += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#post({ id, asked });
    });
  }

  /** Answers earlier searches, and resolves when the connections are closed. */
  async close(): Promise<void> {
    if (this.isLost) return;
    const exit = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    this.#post({ kind: 'close' });
    await exit;
  }

  #post(message: ToSearch): void {
    this.worker.postMessage(message);
  }

  #settle(message: FromSearch): void {
    if (message.kind !== 'answer' && message.kind !== 'failed') return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'answer') waiting?.resolve(message.answer);
    else waiting?.reject(errorOf(message.failure));
  }

  #lose(cause: unknown): void {
    this.isLost = true;
    for (const { reject } of this.#waiting.values()) {
      reject(new SearchIndexUnavailableError('the search thread has ended', { cause }));
    }
    this.#waiting.clear();
  }
}

function errorOf({ reason, message }: Failure): Error {
  if (reason === 'cursor') return new SearchCursorError();
  if (reason === 'cursor-expired') return new SearchCursorExpiredError();
  return reason === 'unavailable' ? new SearchIndexUnavailableError(message) : new Error(`search failed: ${message}`);
}

function opened(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: unknown): void =>
      reject(new SearchIndexUnavailableError(`search did not start: ${String(why)}`));
    worker.once('message', (message: FromSearch) => {
      if (message.kind === 'opened') resolve();
      else fail(message.kind === 'refused' ? message.message : 'no answer');
    });
    worker.once('error', fail);
    worker.once('exit', (code) => fail(`exit code ${code}`));
  });
}
