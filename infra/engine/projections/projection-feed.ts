import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../../../domain/shared/index.js';
import type { CollectionCommit, CommittedDocuments, ProjectionStore } from '../../read-model-store/index.js';
import { Mutex } from '../../shared/mutex.js';
import type { Checkpoint, Position } from '../../shared/position.js';
import type { EventStore, RecordedEvent, Subscription } from '../../event-store/index.js';
import type { ModelProgress } from './progress.js';
import type { Projection } from './projection.js';
import type { Fold } from './read-model.js';

/** Checkpoints that move over events of no interest are stored at most this often. */
const FLUSH_MS = 20;

export interface FeedParts {
  readonly eventStore: EventStore;
  readonly readModelStore: ProjectionStore;
  readonly onProgress: () => void;
  readonly onCaughtUp: (feed: ProjectionFeed) => void;
  /** The subscription has ended, or checkpoints could not be stored. */
  readonly onTrouble: (feed: ProjectionFeed, error: unknown) => void;
}

interface Interest {
  readonly projection: Projection;
  readonly fold: Fold<JsonObject, JsonObject>;
}

/** Feeds several projections by one catch-up subscription, with one transaction a page for all of them. */
export class ProjectionFeed {
  readonly #pages = new Mutex();
  #projections: readonly Projection[] = [];
  #interests = new Map<string, Interest[]>();
  #subscription: Subscription | null = null;
  #flushedAt = 0;
  #flushTimer: NodeJS.Timeout | null = null;
  isCaughtUp = false;
  /** The name of the error that keeps pages or checkpoints from being stored; null since the last that was stored. */
  trouble: string | null = null;
  /** A page failed: the projections in memory are wrong until they are loaded again. */
  #isBroken = false;

  constructor(private readonly parts: FeedParts) {}

  get projections(): readonly Projection[] {
    return this.#projections;
  }

  set projections(projections: readonly Projection[]) {
    this.#projections = projections;
    this.#interests = new Map();
    for (const projection of projections) {
      for (const [type, fold] of Object.entries(projection.model.on)) {
        const interests = this.#interests.get(type);
        if (interests === undefined) this.#interests.set(type, [{ projection, fold }]);
        else interests.push({ projection, fold });
      }
    }
  }

  /** The progress of the model that is read, as far as this feed keeps it; null where it does not. */
  progressOf(name: string): ModelProgress | null {
    const live = this.#projections.find((projection) => projection.isLive && projection.model.name === name);
    if (live === undefined) return null;
    const { model, parts, folded, parked, isComplete } = live;
    return {
      name,
      version: model.version,
      build: parts.collection.build ?? 0,
      position: folded,
      parked: parked.size,
      state: this.isCaughtUp ? 'live' : 'catching-up',
      complete: isComplete,
      ...(this.trouble !== null && { trouble: this.trouble }),
    };
  }

  /** Whether it folds a build of the model that is to take the place of the one that is read. */
  builds(name: string): boolean {
    return this.#projections.some((projection) => !projection.isLive && projection.model.name === name);
  }

  /** The position of the projection that is furthest behind. */
  get position(): Position | null {
    let lowest: Position | null | undefined;
    for (const { folded } of this.#projections) {
      if (folded === null) return null;
      if (lowest === undefined || lowest === null || folded < lowest) lowest = folded;
    }
    return lowest ?? null;
  }

  start(): void {
    this.isCaughtUp = false;
    this.#isBroken = false;
    this.#subscription = this.parts.eventStore.subscribe(
      { from: this.position },
      {
        onEvents: (events, upTo) => this.#takePaced(events, upTo),
        onCaughtUp: () => {
          this.isCaughtUp = true;
          if (this.#moves().length === 0) this.trouble = null;
          this.parts.onCaughtUp(this);
        },
        onError: (error) => this.parts.onTrouble(this, error),
      },
    );
  }

  /** Waits for the handler, so it is never called within it. */
  async stop(): Promise<void> {
    await this.#subscription?.close();
    this.#subscription = null;
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
  }

  /** Runs work between two pages. */
  exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#pages.run(work);
  }

  /** Pauses after a page, during which `exclusive` work may use the feed. */
  async #takePaced(events: readonly RecordedEvent[], upTo: Position): Promise<void> {
    const started = performance.now();
    await this.exclusive(() => this.take(events, upTo));
    if (!this.isCaughtUp) return;
    const pause = pauseAfterPage({ tookMs: performance.now() - started, events: events.length });
    if (pause > 0) await delay(pause);
  }

  /** Folds and stores a page. Only one at a time: within `exclusive`, or on a feed that is not started. */
  async take(events: readonly RecordedEvent[], upTo: Position): Promise<void> {
    try {
      await this.#fold(events, upTo);
    } catch (error) {
      this.#isBroken = true;
      throw error;
    }
    this.parts.onProgress();
  }

  async #fold(events: readonly RecordedEvent[], upTo: Position): Promise<void> {
    for (const event of events) {
      const interests = this.#interests.get(event.type);
      if (interests === undefined) continue;
      for (const { projection, fold } of interests) projection.take(event, fold);
    }
    const next = { logId: this.parts.eventStore.logId, position: upTo };
    const moved = new Set<Projection>();
    const commits: CollectionCommit[] = [];
    const parking: CommittedDocuments[] = [];
    for (const projection of this.#projections) {
      await projection.fold();
      const own = projection.commit(next);
      if (own.length === 0) continue;
      moved.add(projection);
      commits.push(...own);
      parking.push(...projection.parking());
    }
    if (commits.length > 0) {
      commits.push(...this.#dueMoves(moved, next));
      await this.#commit(commits, parking);
    }
    for (const projection of this.#projections) projection.settle(upTo, moved.has(projection) ? next : null);
    if (moved.size < this.#projections.length) this.#flushSoon();
  }

  /** Stores the checkpoints that moved without a document. */
  async flush(): Promise<void> {
    const moves = this.#moves();
    if (moves.length === 0 || this.#isBroken) return;
    const wasInTrouble = this.trouble !== null;
    await this.#commit(moves.map(({ projection, next }) => moveOf(projection, next)));
    this.#flushedAt = performance.now();
    for (const { projection, next } of moves) projection.persisted = next;
    if (wasInTrouble) this.parts.onProgress();
  }

  /**
   * The checkpoints that a page moves over without a document, once it is time to store them: beside what is stored anyway
   * they cost next to nothing, and need no commit of their own. Adds their projections to those that have moved.
   */
  #dueMoves(moved: Set<Projection>, next: Checkpoint): CollectionCommit[] {
    if (performance.now() - this.#flushedAt < FLUSH_MS) return [];
    this.#flushedAt = performance.now();
    const others = this.#projections.filter(
      (projection) => !moved.has(projection) && (projection.folded === null || projection.folded < next.position),
    );
    for (const projection of others) moved.add(projection);
    return others.map((projection) => moveOf(projection, next));
  }

  async #commit(commits: readonly CollectionCommit[], parking: readonly CommittedDocuments[] = []): Promise<void> {
    await this.parts.readModelStore.commitAll(commits, parking);
    this.trouble = null;
  }

  #moves(): { readonly projection: Projection; readonly next: Checkpoint }[] {
    return this.#projections.flatMap((projection) => {
      const next = this.#unstored(projection);
      return next === null ? [] : [{ projection, next }];
    });
  }

  #unstored({ folded, persisted }: Projection): Checkpoint | null {
    if (folded === null || folded === persisted?.position) return null;
    return { logId: this.parts.eventStore.logId, position: folded };
  }

  #flushSoon(): void {
    this.#flushTimer ??= setTimeout(() => {
      this.#flushTimer = null;
      this.exclusive(() => this.flush()).catch((error: unknown) => this.parts.onTrouble(this, error));
    }, FLUSH_MS);
  }
}

const moveOf = ({ parts, persisted }: Projection, next: Checkpoint): CollectionCommit => ({
  collection: parts.collection,
  writes: [],
  move: { expected: persisted, next },
});

/** The pause after a page is four times as long as the page took. */
const PAUSE_FACTOR = 4;
/** The longest pause, by which a read that waits for its own write may wait longer. */
const LONGEST_PAUSE_MS = 25;
/** A timer cannot pause for less. */
const SHORTEST_PAUSE_MS = 1;
/** A page of so many events is worth a commit of its own; more such pages follow when there is much to catch up with. */
const LARGE_PAGE = 256;

/**
 * Pause in ms after a page, so that what is written meanwhile comes as one page: a document is then written once for all
 * events of a burst, in fewer commits. The event that finds the feed idle is folded at once, as the pause comes after the
 * work and is short where the work was.
 */
export function pauseAfterPage(page: { readonly tookMs: number; readonly events: number }): number {
  if (page.events >= LARGE_PAGE) return 0;
  const pause = Math.min(page.tookMs * PAUSE_FACTOR, LONGEST_PAUSE_MS);
  return pause < SHORTEST_PAUSE_MS ? 0 : pause;
}
