import { NotSentError } from './errors.js';

/**
 * Limits the calls under way. A server takes about a hundred on one connection, and the deadline of a call that waits here has not
 * begun yet.
 */
export class Gate {
  /** In the order of their coming. */
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(width: number) {
    this.#free = width;
  }

  /**
   * @param call gets the milliseconds that are left for it
   * @throws NotSentError the call could not begin in time
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
