/** Runs work on the same thing one after the other, in the order in which it came to this process. */
export class Mutex {
  private readonly last = new Map<string, Promise<unknown>>();

  /** @param key says what the work is on; work without a key is all on the same thing */
  run<Result>(work: () => Promise<Result>, key = ''): Promise<Result> {
    const before = this.last.get(key) ?? Promise.resolve();
    // Whoever came before tells its own failure to whoever sent it.
    const mine = before.catch(() => undefined).then(work);
    this.last.set(key, mine);
    const forget = (): void => {
      if (this.last.get(key) === mine) this.last.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  }
}
