const LEAST_ROOM = 64;

/** Collects the first rows of an order without sorting all rows. */
export class TopRows {
  #rows: number[] = [];
  #isFull = false;

  constructor(
    private readonly limit: number,
    /** Negative where `a` comes first; never 0 for two rows. */
    private readonly compare: (a: number, b: number) => number,
  ) {}

  add(row: number): void {
    if (this.#isFull && this.compare(row, this.#rows[this.limit - 1] ?? row) > 0) return;
    this.#rows.push(row);
    if (this.#rows.length >= this.limit + Math.max(this.limit, LEAST_ROOM)) this.#cut();
  }

  sorted(): number[] {
    this.#cut();
    return this.#rows;
  }

  #cut(): void {
    this.#rows.sort(this.compare);
    if (this.#rows.length < this.limit) return;
    this.#rows.length = this.limit;
    this.#isFull = true;
  }
}
