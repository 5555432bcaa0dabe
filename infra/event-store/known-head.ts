import { StoreUnavailableError } from '../shared/store-errors.js';
import type { Position } from '../shared/position.js';

/** How long a log that answers takes at most, milliseconds. */
const SOON_MS = 100;
/** Pause between two questions to a log that is away, milliseconds. */
const AWAY_PAUSE_MS = 1_000;

export interface KnownHeadOptions {
  readonly soonMs?: number;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
}

/**
 * The end of the log for those who can do without it: they are answered soon, and a log that is known to be away is asked
 * by one question at a time, for which nobody waits, until it answers again.
 */
export class KnownHead {
  #last: Position | null | undefined;
  /** The question of those who came in this turn of the event loop; null before the first. */
  #shared: Promise<Position | null | undefined> | null = null;
  /** The question for which nobody waits any more; null while the log answers. */
  #unanswered: Promise<void> | null = null;
  #isAway = false;
  #askAgainAt = 0;

  constructor(
    private readonly ask: () => Promise<Position | null>,
    private readonly options: KnownHeadOptions = {},
  ) {}

  /**
   * No older than the call; undefined where the log does not say so soon. Asked at the end of the event loop's turn, once for
   * all who came in it: the requests that arrived together.
   */
  now(): Promise<Position | null | undefined> {
    this.#shared ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#shared = null;
        resolve(this.#askSoon());
      });
    });
    return this.#shared;
  }

  async #askSoon(): Promise<Position | null | undefined> {
    if (this.#isAway) {
      this.#askBeside();
      return undefined;
    }
    const asked = this.#ask();
    const answer = await this.#soon(asked);
    if (answer !== undefined) return answer.head;
    this.#isAway = true;
    this.#unanswered ??= asked.then(() => this.#settle());
    return undefined;
  }

  /** The newest that is known, at once where the log is away. @throws StoreUnavailableError it has never said */
  async latest(): Promise<Position | null> {
    const head = (await this.now()) ?? this.#last;
    if (head === undefined) throw new StoreUnavailableError('the event store does not say where the log ends');
    return head;
  }

  /**
   * No older than the call, however long the log takes to say it; not asked for where it is known to be away.
   * @throws StoreUnavailableError
   */
  async sure(): Promise<Position | null> {
    if (this.#isAway) {
      this.#askBeside();
      throw new StoreUnavailableError('the event store is away');
    }
    return this.ask();
  }

  /** Undefined where it fails. */
  async #ask(): Promise<{ readonly head: Position | null } | undefined> {
    try {
      const head = await this.ask();
      this.#last = head;
      this.#isAway = false;
      return { head };
    } catch {
      return undefined;
    }
  }

  #askBeside(): void {
    if (this.#unanswered !== null || this.#time() < this.#askAgainAt) return;
    this.#unanswered = this.#ask().then(() => this.#settle());
  }

  #settle(): void {
    this.#unanswered = null;
    this.#askAgainAt = this.#time() + AWAY_PAUSE_MS;
  }

  #soon<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), this.options.soonMs ?? SOON_MS);
    });
    return Promise.race([asked, late]).finally(() => clearTimeout(timer));
  }

  #time(): number {
    return (this.options.now ?? (() => performance.now()))();
  }
}
