/** How an append that is not committed is refused. `unavailable` ends the call, the others are answers of the node. */
export type AppendFailure = 'unavailable' | 'not-ready' | 'timeout' | 'access-denied' | 'unknown';

/**
 * What the caller of a committed append gets instead of its answer, so that it cannot know the outcome: its call ends,
 * the node says that it timed out, or every connection to the node is cut.
 */
export type LostReply = 'unavailable' | 'timeout' | 'disconnect';

/** How a subscription ends that the node drops. `ended` ends without an error. */
export type DropReason = 'unavailable' | 'cancelled' | 'consumer-too-slow' | 'ended';

export interface HoldOptions {
  /** Appends may be held before or after they are committed. */
  readonly what: 'append-before-commit' | 'append-after-commit' | 'read' | 'subscription' | 'server-features';
  /** How many calls are held; all until released where it is missing. */
  readonly count?: number;
  /** Releases by itself after this time. */
  readonly forMs?: number;
}

/** Calls that get no answer until they are released; then they go on as if nothing had been. */
export interface Hold {
  /** How many calls are waiting now. */
  readonly held: number;
  /** Resolves when so many calls are waiting. */
  untilHeld(count: number): Promise<void>;
  release(): void;
}

/** What a node or its network can do to a client. Counts add up; each is used up by the next calls it fits. */
export interface Faults {
  /** The next appends that succeed are committed, but their answer is lost. */
  loseReplies(count: number, as?: LostReply): void;
  /** The next appends are refused before anything is committed. */
  failAppends(count: number, as?: AppendFailure): void;
  /** The next appends, reads and subscriptions are sent to the leader: a node over the same log, or this very one. */
  answerNotLeader(count: number, leader?: { readonly port: number }): void;
  hold(options: HoldOptions): Hold;
  /** Answers of appends and the start of reads come so much later; 0 ends it. */
  delay(milliseconds: number): void;
  /**
   * From now on an append is decided at once and can be read, and is answered, so much later, as long as a node waits
   * for its followers and its index: other writers meet it as a conflict, readers do not see it, and a repetition of it
   * is dropped, which its sender learns by a timeout. 0 ends it.
   */
  showAppendsAfter(milliseconds: number): void;
  /** Subscriptions pause so long after each event; 0 ends it. */
  slowSubscriptions(milliseconds: number): void;
  /** From now on a subscription that falls behind is dropped as too slow instead of reading on. */
  dropSlowSubscriptions(on: boolean): void;
  /** Drops every subscription there is now, and says how many that were. */
  dropSubscriptions(reason?: DropReason): number;
  /** Cuts every connection there is now, and says how many that were. New ones are taken. */
  disconnect(): number;
  /** Cuts every connection and closes the port, till `acceptConnections`. */
  refuseConnections(): Promise<void>;
  /** Opens the same port again, over the same events. */
  acceptConnections(): Promise<void>;
  /** Takes back every fault that still waits for its call, and releases what is held. */
  clear(): void;
}
