import type { EventStoreDBClient } from '@eventstore/db-client';
import type { BackOff } from '../../shared/back-off.js';
import { serverBackOff } from './retry.js';
import { failureOf, isTooSlow, messageOf } from './errors.js';
import type { DropObserver } from '../log-observer.js';
import type { StoredEvent } from './event-codec.js';
import type { Limits } from './limits.js';
import { openLive, type LiveListener } from './live-connection.js';
import type { PageReader } from './page-reader.js';
import { BEGINNING } from './positions.js';
import { RecentEvents } from './recent-events.js';
import type { SameLog } from './same-log.js';

export interface Follower {
  /** There may be something new. */
  wake(): void;
  /** The server will never let us follow. */
  refuse(error: unknown): void;
}

/** Told when an append's last event comes by: with the last events of the log up to then, and who recorded it. */
export type BatchObserver = (recent: RecentEvents, attempt: string | null) => void;

/**
 * Follows the end of the log by one subscription for all subscribers and appends of this process. After a loss it subscribes again,
 * without a gap. The first caller that needs it starts it.
 */
export class LogTail implements LiveListener {
  readonly #followers = new Set<Follower>();
  /** By the id of the event that they wait for: of several equal appends each is told. */
  readonly #watched = new Map<string, Set<BatchObserver>>();
  readonly #backOff: BackOff;
  #recent: RecentEvents | null = null;
  /** Where a new subscription goes on; system events may lie between this and the newest event. */
  #resumeAfter = BEGINNING;
  #isConnected = false;
  #isLive = false;
  #started = false;
  #isWaking = false;
  /** False where there was nothing to hang up. */
  #hangUp: () => boolean = () => false;

  constructor(
    private readonly client: EventStoreDBClient,
    private readonly reader: PageReader,
    private readonly context: {
      readonly sameLog: SameLog;
      readonly limits: Limits;
      readonly signal: AbortSignal;
      readonly onDropped: DropObserver | null;
    },
  ) {
    this.#backOff = serverBackOff(context.signal);
  }

  /** Position of the newest event of ours that this process knows to be recorded. */
  newest = BEGINNING;

  /** Null until the end of the log was found. */
  get recent(): RecentEvents | null {
    return this.#recent;
  }

  /** Whether the server pushes every event as it is recorded. */
  get isLive(): boolean {
    return this.#isLive;
  }

  /** Whether what is recorded will come by, if not at once. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#connect();
  }

  follow(follower: Follower): void {
    this.#followers.add(follower);
    this.start();
  }

  leave(follower: Follower): void {
    this.#followers.delete(follower);
  }

  /** Calls back when this event, the last of a batch, comes by, whoever has recorded it. */
  watch(eventId: string, observer: BatchObserver): void {
    const observers = this.#watched.get(eventId);
    if (observers === undefined) this.#watched.set(eventId, new Set([observer]));
    else observers.add(observer);
    this.start();
  }

  unwatch(eventId: string, observer: BatchObserver): void {
    const observers = this.#watched.get(eventId);
    observers?.delete(observer);
    if (observers?.size === 0) this.#watched.delete(eventId);
  }

  note(position: string): void {
    if (position > this.newest) this.newest = position;
  }

  /** The leader is elsewhere: the node that was followed may fall behind, or out of the cluster. */
  move(): void {
    this.renew('the leader is another node');
  }

  /** Begins anew, where it was. */
  renew(why: string): void {
    if (this.#hangUp()) this.onLost(new Error(why));
  }

  close(): void {
    this.#isConnected = this.#isLive = false;
    this.#hangUp();
  }

  onEvent(stored: StoredEvent): void {
    const recent = this.#recent;
    if (recent === null || stored.event.position <= recent.end) return;
    this.#backOff.reset();
    recent.push(stored.event);
    this.note(stored.event.position);
    this.#resumeAfter = stored.event.position;
    this.#wake();
    for (const observer of this.#watched.get(stored.event.id) ?? []) observer(recent, stored.attempt);
  }

  onCheckpoint(position: string): void {
    if (position > this.#resumeAfter) this.#resumeAfter = position;
  }

  onConfirmed(): void {
    this.#isConnected = true;
  }

  onFellBehind(): void {
    this.#isLive = false;
  }

  onCaughtUp(): void {
    this.#isLive = true;
    this.#backOff.reset();
    this.#wake();
  }

  onLost(error: unknown): void {
    this.#isConnected = this.#isLive = false;
    this.context.sameLog.doubt();
    if (isTooSlow(error)) this.context.onDropped?.(messageOf(error));
    if (failureOf(error) === 'refused') for (const follower of this.#followers) follower.refuse(error);
    void this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    if (await this.#backOff.next()) await this.#connect();
  }

  async #connect(): Promise<void> {
    const { sameLog, limits, signal } = this.context;
    try {
      await sameLog.assure();
      this.#recent ??= await this.#find();
    } catch (error) {
      return this.onLost(error);
    }
    if (signal.aborted) return;
    this.#hangUp = openLive(this.client, { from: this.#resumeAfter, patience: limits.call }, this);
    this.#wake();
  }

  async #find(): Promise<RecentEvents> {
    this.#resumeAfter = await this.reader.end();
    return new RecentEvents(this.#resumeAfter);
  }

  /** At the end of the loop's turn, so that events that came together go together. */
  #wake(): void {
    if (this.#isWaking) return;
    this.#isWaking = true;
    setImmediate(() => {
      this.#isWaking = false;
      for (const follower of this.#followers) follower.wake();
    });
  }
}
