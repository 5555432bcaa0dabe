import { Injectable } from '@nestjs/common';
import { problem, type Arrival } from '../../infra/http/index.js';

/** What a request would add to the load: a journey that has not begun yet, or one more step of one that has. */
export type Load = 'begins' | 'goes-on';

/** How long the commands of a whole second took on average, their wait to be begun included, before some of such requests are refused, milliseconds. */
const TARGET_MS: Readonly<Record<Load, number>> = { begins: 250, 'goes-on': 5_000 };
/** Fewer commands than these are no overload, however long they take: then it is a store or a disk that is slow. */
const LEAST_UNDER_WAY = 128;
const WINDOW_MS = 250;
const WINDOWS = 4;

/**
 * Refuses work that would only wait. Beyond what it can take, an engine that takes everything makes all wait longer and longer,
 * until clients give up on what was nearly done. So a new cart is refused while commands have taken too long for a second, the more
 * of them the longer it is: refused is what has cost the least. Steps of shoppers who have begun are refused far later.
 * Controlled delay (CoDel, RFC 8289): a burst that is worked off within the second is let through.
 */
@Injectable()
export class Admission {
  #underWay = 0;
  /** Requests that waited to be begun when one was last. */
  #waiting = 0;
  #window = 0;
  #sum = 0;
  #count = 0;
  /** When a command ended last, or when there began to be many. */
  #lastEnd = 0;
  /** Average times of the last complete windows, the newest last. */
  #averages: number[] = [];
  /** What each kind of request is refused for is added up, so that exactly the share is refused. */
  readonly #debts: Record<Load, number> = { begins: 0, 'goes-on': 0 };

  /** Carries out a command, whose time counts from the arrival of its request. */
  async timed<Outcome>({ at, waiting }: Arrival, command: () => Promise<Outcome>): Promise<Outcome> {
    if (!this.#areMany) {
      // However long nothing ended until now: there was little to do.
      const begin = performance.now();
      this.#roll(begin);
      this.#lastEnd = begin;
    }
    this.#waiting = waiting;
    this.#underWay += 1;
    try {
      return await command();
    } finally {
      const end = performance.now();
      this.#roll(end);
      this.#lastEnd = end;
      this.#underWay -= 1;
      this.#sum += end - at;
      this.#count += 1;
    }
  }

  /** @throws ProblemError 503 SERVER.OVERLOADED */
  admit(load: Load, { waiting }: Arrival): void {
    this.#waiting = waiting;
    const target = TARGET_MS[load];
    const share = Math.min(1, Math.max(0, (this.delay - target) / target));
    const debt = share === 0 ? 0 : this.#debts[load] + share;
    this.#debts[load] = debt < 1 ? debt : debt - 1;
    if (debt < 1) return;
    throw problem(
      'SERVER.OVERLOADED',
      'There is more to do than can be done at the moment; ask again a little later.',
      {
        headers: { 'retry-after': '1' },
      },
    );
  }

  /** For so long, at least, commands have taken throughout the last second, on average of each quarter; milliseconds. */
  get delay(): number {
    if (!this.#areMany) return 0;
    this.#roll(performance.now());
    return this.#averages.length < WINDOWS ? 0 : Math.min(...this.#averages);
  }

  get #areMany(): boolean {
    return this.#underWay + this.#waiting >= LEAST_UNDER_WAY;
  }

  #roll(now: number): void {
    const window = Math.floor(now / WINDOW_MS);
    const passed = window - this.#window;
    if (passed === 0) return;
    // Where much is to do and nothing was done, it has taken since the last that was.
    const stalled = this.#areMany ? now - this.#lastEnd : 0;
    this.#averages.push(this.#count === 0 ? stalled : this.#sum / this.#count);
    for (let empty = 1; empty < Math.min(passed, WINDOWS); empty += 1) this.#averages.push(stalled);
    this.#averages.splice(0, this.#averages.length - WINDOWS);
    this.#window = window;
    this.#sum = 0;
    this.#count = 0;
  }
}
