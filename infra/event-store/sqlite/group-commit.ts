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

/** Gathers all appends that come while the writer has a group, and sends them as the next group, which takes one fsync. */
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

  /** The error since which no append is accepted; null while the writer works. */
  get unavailable(): string | null {
    return this.#unavailable;
  }

  /** Whether the writer has failed, and writes nothing until a restart. */
  get isPoisoned(): boolean {
    return this.#isPoisoned;
  }

  /** Appends batches of several streams, all or none. */
  append(batches: readonly StreamBatch[]): Promise<readonly Appended[]> {
    return new Promise((resolve, reject) => {
      if (this.#unavailable !== null) throw new StoreUnavailableError(this.#unavailable);
      this.#openGroup().add({ batches, resolve, reject });
      this.#schedule();
    });
  }

  /** Accepts no more; resolves when all accepted appends are answered. */
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

  /** Sends a group at the end of the event loop's turn, so that requests that arrived together go together. */
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
    // Appends that came in meanwhile are written while this thread handles the answers. Without any, the appends that the answers
    // lead to within this turn of the event loop go with the next group.
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
