import { NotSentError } from './errors.js';

/**
 * Lets so many calls through at a time. A server takes about a hundred on one connection, and what waits for its turn
 * here does not run out of its deadline there.
 */
export class Gate {
  /** In the order of their coming. */
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(width: number) {
    this.#free = width;
  }

  /**
   * @param call is told how many of these milliseconds are left for it
   * @throws NotSentError its turn did not come in time
   */
  async pass<T>(call: (left: number) => Promise<T>, milliseconds: number): Promise<T> {
    const until = performance.now() + milliseconds;
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn(milliseconds);
    try {
      return await call(until - performance.now());
    } finally {
      const [next] = this.#waiting;
      if (next === undefined) this.#free += 1;
      else next();
    }
  }

  #turn(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(enter);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(enter);
        reject(new NotSentError('the calls before it were not answered in time'));
      }, milliseconds);
      this.#waiting.add(enter);
    });
  }
}
