/** Numbers from 0 to below 1 that follow from a seed: `randomOf` of proof/support. */
export type Random = (seed: number) => { readonly next: () => number };

/**
 * Choices that follow from the seed and from what is chosen, not from when: however calls fall among each other, each meets
 * the same luck again.
 */
export class Chance {
  /** How often each thing befell somebody: a storm that never did is none. */
  readonly counts = new Map<string, number>();
  private readonly asked = new Map<string, number>();
  private isOver = false;

  constructor(
    private readonly seed: number,
    private readonly random: Random,
  ) {}

  /** From here on everything goes well. */
  end(): void {
    this.isOver = true;
  }

  get over(): boolean {
    return this.isOver;
  }

  /** Whether this befalls what is named, so often of 1. Asked again, it is another time. */
  befalls(what: string, about: string, share: number): boolean {
    if (this.isOver || this.number(`${what} ${about}`) >= share) return false;
    this.note(what);
    return true;
  }

  /** From 0, below `bound`. */
  below(bound: number, about: string): number {
    return Math.floor(this.number(about) * bound);
  }

  note(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  private number(about: string): number {
    const times = (this.asked.get(about) ?? 0) + 1;
    this.asked.set(about, times);
    return this.random(hash(`${about} ${times}`) ^ this.seed).next();
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}
