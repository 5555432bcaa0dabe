import { Injectable } from '@nestjs/common';
import { problem, type Arrival } from '../../infra/http/index.js';

/** The kind of load that a request adds: it begins a shopper's journey, or it continues one. */
export type Load = 'begins' | 'goes-on';

/** Requests of a kind are refused once commands have taken longer than this on average for a whole second, queueing included. */
const TARGET_MS: Readonly<Record<Load, number>> = { begins: 250, 'goes-on': 5_000 };
/** Fewer commands under way are no overload, however long they take: then a store or a disk is slow. */
const LEAST_UNDER_WAY = 128;
const WINDOW_MS = 250;
const WINDOWS = 4;

/**
 * Refuses requests under overload. An engine that admits everything makes all requests wait longer and longer, until clients give
 * up on work that is nearly done. So new carts, which have cost the least, are refused while commands have taken too long for a
 * second, and the more of them the longer commands take; later steps of a shopper are refused far later.
 * This is controlled delay (CoDel, RFC 8289): a burst that is worked off within the second is admitted.
 */
@Injectable()
export class Admission {
  #underWay = 0;
  /** Length of the request queue when a request was last taken from it. */
  #waiting = 0;
  #window = 0;
  #sum = 0;
  #count = 0;
  /** When a command last ended, or when there last were few. */
  #lastEnd = 0;
  /** Average times of commands in the last complete windows, the newest last. */
  #averages: number[] = [];
  /** Adds up the share to refuse of each kind, so that exactly this share is refused. */
  readonly #debts: Record<Load, number> = { begins: 0, 'goes-on': 0 };

  /** Carries out a command, whose time counts from the arrival of its request. */
  async timed<Outcome>({ at, waiting }: Arrival, command: () => Promise<Outcome>): Promise<Outcome> {
    if (!this.#areMany) {
      // Commands were few until now, so a long time since the last one ended is no delay.
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

  /** The least average time of commands, in milliseconds, over the quarters of the last second. */
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
    // A window in which none of many commands ended counts as the time since the last one ended.
    const stalled = this.#areMany ? now - this.#lastEnd : 0;
    this.#averages.push(this.#count === 0 ? stalled : this.#sum / this.#count);
    for (let empty = 1; empty < Math.min(passed, WINDOWS); empty += 1) this.#averages.push(stalled);
    this.#averages.splice(0, this.#averages.length - WINDOWS);
    this.#window = window;
    this.#sum = 0;
    this.#count = 0;
  }
}
