import type { Deduction } from './effects.js';

/** What is still to pay for lines and shipping; minor units. */
export interface Remainder {
  /** By the index of the line; gift cards are never lowered. */
  readonly lines: readonly number[];
  readonly shipping: number;
}

interface Mutable {
  readonly lines: number[];
  shipping: number;
}

/** What is left of a cart while promotions take off. What they take is worked in when somebody looks, which is mostly never. */
export class RunningRemainder {
  private left: Mutable | undefined;
  private readonly deductions: Deduction[] = [];
  private applied = 0;

  constructor(private readonly amounts: Remainder) {}

  lower(deduction: Deduction): void {
    if (deduction.total > 0) this.deductions.push(deduction);
  }

  /** Where {@link back} returns to. */
  mark(): number {
    return this.deductions.length;
  }

  back(mark: number): void {
    while (this.applied > mark) this.apply(this.deductions[--this.applied], -1);
    this.deductions.length = mark;
  }

  now(): Remainder {
    while (this.applied < this.deductions.length) this.apply(this.deductions[this.applied++], 1);
    return this.left ?? this.amounts;
  }

  private apply(deduction: Deduction | undefined, times: 1 | -1): void {
    if (deduction === undefined) return;
    const { lines, total } = deduction;
    const left = (this.left ??= { lines: [...this.amounts.lines], shipping: this.amounts.shipping });
    if (lines === null) left.shipping -= times * total;
    else {
      const amounts = deduction.amounts();
      lines.forEach((line, at) => (left.lines[line] = (left.lines[line] ?? 0) - times * (amounts[at] ?? 0)));
    }
  }
}
