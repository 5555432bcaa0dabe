import { BroadcastChannel } from 'node:worker_threads';
import type { CommittedEvent } from './committed-event.js';
import type { LogReader } from './log-reader.js';
import { LogTail } from './log-tail.js';

/** Commits of other processes are noticed within this time; those of this process are noticed at once. */
const POLL_MS = 10;

export interface Follower {
  /** Called when the log has grown. It is only a hint: a read tells what there is. */
  wake(): void;
}

/** Tells the subscribers of one store when the log has grown, and keeps the events that this thread committed for them. */
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
    /** The channel on which other threads announce commits; null for a store that writes, as it would mostly hear its own. */
    private readonly channelName: string | null,
  ) {}

  get isFollowed(): boolean {
    return this.#followers.size > 0;
  }

  /** The known end of the log; all events up to it are committed and can be read. */
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

  /** Marks that the writer has a group of this thread, whose events will be handed over and need not be read. */
  set isCommitting(value: boolean) {
    this.#isCommitting = value;
  }

  /** Takes the events that this thread's writer has just appended, in the order of the log. */
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

  /** Looks for commits of others. Our own change the data version too, so a foreign one may be noticed by the gap before our next. */
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
