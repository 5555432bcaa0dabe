import type { Row } from './trial.js';

/** Two sums a name, of what was and of what would have been; exact however large. */
export class Sums {
  readonly #sums = new Map<string, { live: bigint; whatIf: bigint }>();

  constructor(saved: readonly SavedSum[] = []) {
    for (const [name, live, whatIf] of saved) this.#sums.set(name, { live: BigInt(live), whatIf: BigInt(whatIf) });
  }

  /** Numbers are whole. */
  add(name: string, live: number | bigint, whatIf: number | bigint): void {
    const sum = this.#sums.get(name) ?? { live: 0n, whatIf: 0n };
    sum.live += BigInt(live);
    sum.whatIf += BigInt(whatIf);
    this.#sums.set(name, sum);
  }

  rows(textOf: (sum: bigint, name: string) => string = String): readonly Row[] {
    return [...this.#sums].map(([what, { live, whatIf }]) => ({
      what,
      live: textOf(live, what),
      whatIf: textOf(whatIf, what),
      difference: textOf(whatIf - live, what),
    }));
  }

  save(): readonly SavedSum[] {
    return [...this.#sums].map(([name, { live, whatIf }]) => [name, String(live), String(whatIf)]);
  }
}

/** Digits, as JSON has no exact number beyond 2^53. */
export type SavedSum = readonly [name: string, live: string, whatIf: string];
