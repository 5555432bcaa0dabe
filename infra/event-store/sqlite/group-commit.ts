import { StoreUnavailableError } from '../../shared/store-errors.js';
import { UnknownOutcomeError } from '../errors.js';
import type { Appended, StreamBatch } from '../event-store.js';
import { CommitGroup } from './commit-group.js';
import { settle } from './commit-outcomes.js';
import type { CommitFeed } from './commit-feed.js';
import type { CommitObserver } from '../log-observer.js';
import type { Failed, Poisoned } from '../../sqlite/writer/writer-protocol.js';
import type { WriterThread } from '../../sqlite/writer/writer-thread.js';
import type { Appends, Committed } from './writer-protocol.js';

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
    private readonly writer: Pick<WriterThread<Appends, Committed, string>, 'listen' | 'write'>,
    private readonly feed: CommitFeed,
    private readonly onCommit: CommitObserver | null = null,
  ) {
    writer.listen((answer) => {
      if (answer.kind === 'written') this.#committed(answer);
      else if (answer.kind === 'failed') this.#failed(answer);
      else this.#poison(answer);
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
    this.writer.write(group.appends);
  }

  #committed(committed: Committed): void {
    const group = this.#inFlight;
    const took = this.onCommit === null ? 0 : performance.now() - this.#sentAt;
    this.#inFlight = null;
    // What came in meanwhile is written while this thread goes on with the answers. Otherwise what they lead to within
    // this turn of the loop goes with the next group.
    if (this.#waiting.length > 0) this.#sendNext();
    else this.#goOn();
    if (group === null) return;
    this.onCommit?.(group.pending.length, took);
    settle(group, committed, this.feed);
  }

  #goOn(): void {
    if (this.#waiting.some(({ isFull }) => isFull)) return this.#sendNext();
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#inFlight === null) this.#sendNext();
    });
  }

  #failed(failure: Failed): void {
    const { message, poisoned, unknown } = failure;
    const group = this.#inFlight;
    this.#inFlight = null;
    if (group !== null) {
      const reject = unknown ? UnknownOutcomeError : StoreUnavailableError;
      for (const append of group.pending) append.reject(new reject(`the event store did not commit: ${message}`));
    }
    if (poisoned) this.#poison(failure);
    else this.#sendNext();
  }

  #poison({ message }: Failed | Poisoned): void {
    this.#isPoisoned = true;
    this.feed.isCommitting = false;
    this.#unavailable = `the event store takes no writes until it is restarted: ${message}`;
    for (const group of this.#waiting.splice(0))
      for (const append of group.pending) append.reject(new StoreUnavailableError(this.#unavailable));
    if (this.#inFlight === null) this.#whenIdle?.();
  }
}
