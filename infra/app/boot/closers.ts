type Close = () => Promise<void> | void;

interface Opened {
  readonly close: Close;
  readonly endsByItself: boolean;
}

/** Something could not be closed in time and is left open. As after a crash, nothing is lost. */
export class LeftOpenError extends Error {
  constructor(parts: number, milliseconds: number) {
    super(`${parts} parts did not close within ${milliseconds} ms`);
    this.name = 'LeftOpenError';
  }
}

/** Collects what is opened and closes it in the opposite order, also when a later opening fails. */
export class Closers {
  private readonly opened: Opened[] = [];

  /** @param patienceMs how long closing may take in all; null for no limit */
  constructor(private readonly patienceMs: number | null = null) {}

  add(close: Close): void {
    this.opened.push({ close, endsByItself: false });
  }

  /** Adds something whose closing has a limit of its own; its time does not count. */
  addBounded(close: Close): void {
    this.opened.push({ close, endsByItself: true });
  }

  /**
   * Closes everything, also after an error, and throws the first error at the end. Once the time is over the rest is closed without
   * waiting for it.
   * @throws LeftOpenError something did not close in time, such as a store that does not answer
   */
  async close(): Promise<void> {
    const errors: unknown[] = [];
    let [left, leftOpen] = [this.patienceMs, 0];
    for (let next = this.opened.pop(); next !== undefined; next = this.opened.pop()) {
      const began = performance.now();
      try {
        const closed = await ended(next.close, next.endsByItself ? null : left);
        if (!closed) leftOpen += 1;
      } catch (error) {
        errors.push(error);
      }
      if (left !== null && !next.endsByItself) left = Math.max(0, left - (performance.now() - began));
    }
    if (leftOpen > 0) throw new LeftOpenError(leftOpen, this.patienceMs ?? 0);
    if (errors.length > 0) throw errors[0];
  }
}

/** Tells whether a promise settles within these milliseconds; null is no limit. */
async function ended(close: Close, milliseconds: number | null): Promise<boolean> {
  const closing = Promise.resolve(close()).then(() => true);
  if (milliseconds === null) return closing;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)));
  return Promise.race([closing, late]).finally(() => clearTimeout(timer));
}
