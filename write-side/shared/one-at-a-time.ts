/** Runs work on the same key one after the other, in the order in which it came to this process. */
export class OneAtATime {
  private readonly last = new Map<string, Promise<unknown>>();

  run<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
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
