import { BroadcastChannel } from 'node:worker_threads';
import type { CommittedEvent } from './committed-event.js';
import type { LogReader } from './log-reader.js';
import { LogTail } from './log-tail.js';

/** Commits of others are noticed within this time; our own at once, and by a store opened for reading all of this process. */
const POLL_MS = 10;

export interface Follower {
  /** The log has grown. Only a hint: what there is, the read decides. */
  wake(): void;
}

/** Tells the subscribers of one store when the log has grown, and keeps what this thread committed for them to take. */
export class CommitFeed {
  readonly tail = new LogTail();
  readonly #followers = new Set<Follower>();
  #head = 0;
  #dataVersion = 0;
  #timer: NodeJS.Timeout | null = null;
  #channel: BroadcastChannel | null = null;
  #isCommitting = false;

  constructor(
    private readonly reader: Pick<LogReader, 'head' | 'dataVersion'>,
    /** Where other threads tell of their commits; null for a store that writes: it would mostly hear of its own. */
    private readonly channelName: string | null,
  ) {}

  get isFollowed(): boolean {
    return this.#followers.size > 0;
  }

  /** As far as it is known: all of it is committed and can be read. */
  get head(): number {
    return this.#head;
  }

  follow(follower: Follower): void {
    if (!this.isFollowed) this.#start();
    this.#followers.add(follower);
  }

  leave(follower: Follower): void {
    if (this.#followers.delete(follower) && !this.isFollowed) this.#stop();
  }

  /** While a group of our own is with the writer: what it adds is handed over, and need not be read. */
  set isCommitting(value: boolean) {
    this.#isCommitting = value;
  }

  /** What this thread's own writer has just added, in the order of the log. */
  committed(events: readonly CommittedEvent[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    this.tail.add(events);
    this.#grow(last.position);
  }

  #start(): void {
    this.#dataVersion = this.reader.dataVersion();
    this.#head = this.reader.head();
    this.#timer = setInterval(() => this.#poll(), POLL_MS);
    if (this.channelName === null) return;
    this.#channel = new BroadcastChannel(this.channelName);
    this.#channel.unref();
    this.#channel.onmessage = () => this.#lookAtHead();
  }

  #stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#channel?.close();
    this.#timer = null;
    this.#channel = null;
    this.tail.clear();
  }

  /** Our own commits change the data version too; a foreign one is then noticed by the gap before our next, or later. */
  #poll(): void {
    if (this.#isCommitting) return;
    const version = this.reader.dataVersion();
    if (version === this.#dataVersion) return;
    this.#dataVersion = version;
    this.#lookAtHead();
  }

  #lookAtHead(): void {
    this.#grow(this.reader.head());
  }

  #grow(head: number): void {
    if (head <= this.#head) return;
    this.#head = head;
    for (const follower of this.#followers) follower.wake();
  }
}
