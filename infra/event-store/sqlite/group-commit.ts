import { StoreUnavailableError, UnknownOutcomeError } from '../errors.js';
import type { Appended, StreamBatch } from '../event-store.js';
import { CommitGroup } from './commit-group.js';
import { settle } from './commit-outcomes.js';
import type { CommitFeed } from './commit-feed.js';
import type { CommitObserver } from '../log-observer.js';
import type { Failed, FromWriter } from './writer-protocol.js';
import type { WriterThread } from './writer-thread.js';

/** While one group is with the writer all other appends wait, and go as the next one: one fsync serves them all. */
export class GroupCommit {
  readonly #waiting: CommitGroup[] = [];
  #inFlight: CommitGroup | null = null;
  #scheduled = false;
  #unavailable: string | null = null;
  #isPoisoned = false;
  #whenIdle: (() => void) | null = null;
  #sentAt = 0;

  constructor(
    private readonly writer: Pick<WriterThread, 'listen' | 'post'>,
    private readonly feed: CommitFeed,
    private readonly onCommit: CommitObserver | null = null,
  ) {
    writer.listen({
      onMessage: (message) => this.#answered(message),
      onLost: (reason) => this.#failed({ kind: 'failed', message: reason, poisoned: true, unknown: true }),
    });
  }

  /** Why no append is taken any more; null while all is well. */
  get unavailable(): string | null {
    return this.#unavailable;
  }

  /** The writer failed, and writes nothing until a restart. */
  get isPoisoned(): boolean {
    return this.#isPoisoned;
  }

  /** Batches of several streams, all or nothing. */
  append(batches: readonly StreamBatch[]): Promise<readonly Appended[]> {
    return new Promise((resolve, reject) => {
      if (this.#unavailable !== null) throw new StoreUnavailableError(this.#unavailable);
      this.#openGroup().add({ batches, resolve, reject });
      this.#schedule();
    });
  }

  /** Takes no more; resolves when all that was accepted is answered. */
  async close(): Promise<void> {
    this.#unavailable ??= 'the event store is closed';
    if (this.#inFlight !== null || this.#waiting.length > 0)
      await new Promise<void>((resolve) => (this.#whenIdle = resolve));
  }

  #openGroup(): CommitGroup {
    const last = this.#waiting.at(-1);
    if (last !== undefined && !last.isFull) return last;
    const group = new CommitGroup();
    this.#waiting.push(group);
    return group;
  }

  /** At the end of the loop's turn, so that all requests that arrived together go together. */
  #schedule(): void {
    if (!this.#scheduled && this.#inFlight === null) this.#goOn();
  }

  #sendNext(): void {
    const group = this.#waiting.shift();
    this.#inFlight = group ?? null;
    this.feed.isCommitting = group !== undefined;
    if (group === undefined) return this.#whenIdle?.();
    if (this.onCommit !== null) this.#sentAt = performance.now();
    this.writer.post({ kind: 'append', appends: group.appends });
  }

  #answered(message: FromWriter): void {
    if (message.kind === 'committed') {
      const group = this.#inFlight;
      this.#inFlight = null;
      if (group !== null) {
        this.onCommit?.(group.pending.length, performance.now() - this.#sentAt);
        settle(group, message, this.feed);
      }
      // What the answers lead to within this turn of the loop goes with the next group.
      this.#goOn();
    } else if (message.kind === 'failed') this.#failed(message);
    else if (message.kind === 'poisoned') this.#poison(message.message);
  }

  #goOn(): void {
    if (this.#waiting.some(({ isFull }) => isFull)) return this.#sendNext();
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#inFlight === null) this.#sendNext();
    });
  }

  #failed({ message, poisoned, unknown }: Failed): void {
    const group = this.#inFlight;
    this.#inFlight = null;
    if (group !== null) {
      const reject = unknown ? UnknownOutcomeError : StoreUnavailableError;
      for (const append of group.pending) append.reject(new reject(`the event store did not commit: ${message}`));
    }
    if (poisoned) this.#poison(message);
    else this.#sendNext();
  }

  #poison(reason: string): void {
    this.#isPoisoned = true;
    this.feed.isCommitting = false;
    this.#unavailable = `the event store takes no writes until it is restarted: ${reason}`;
    for (const group of this.#waiting.splice(0))
      for (const append of group.pending) append.reject(new StoreUnavailableError(this.#unavailable));
    if (this.#inFlight === null) this.#whenIdle?.();
  }
}
