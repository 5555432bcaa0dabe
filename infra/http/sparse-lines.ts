/** How long further lines of a kind are left out after one. */
const QUIET_MS = 10_000;

interface Told {
  readonly at: number;
  leftOut: number;
}

/** Lets one line of a kind through every ten seconds: an outage has as many reasons for one as there are requests. */
export class SparseLines {
  readonly #told = new Map<string, Told>();

  /** @param now milliseconds that only go forward */
  constructor(private readonly now = () => performance.now()) {}

  /** How many were left out since the last line of the kind; null where this one is to be left out as well. */
  next(kind: string): number | null {
    const told = this.#told.get(kind);
    if (told !== undefined && this.now() - told.at < QUIET_MS) {
      told.leftOut += 1;
      return null;
    }
    this.#told.set(kind, { at: this.now(), leftOut: 0 });
    return told?.leftOut ?? 0;
  }
}
