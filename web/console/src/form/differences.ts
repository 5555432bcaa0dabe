import { moneyText } from '../../../shared/format/index.js';

/** A member that is another now, in words. */
export interface Difference {
  /** `Tax zone DE › Rate VAT › percent`. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What members are called by, and how their texts are written where not as the API does; what is not among them is called as there. */
export type Labels = Readonly<Record<string, string | readonly [label: string, write: (text: string) => string]>>;

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const NOTHING = 'nothing';

/** Members that are minor units where a currency stands beside them. */
const AMOUNTS = new Set(['amount', 'price', 'subtotalFrom']);
const isMoney = (value: Members): boolean =>
  Object.keys(value).length === 2 && 'amount' in value && 'currency' in value;

/** What is different between two documents; rows that were added, taken away or moved are told as such. */
export class Differences {
  private readonly found: Difference[] = [];

  constructor(private readonly labels: Labels) {}

  between(before: unknown, after: unknown): readonly Difference[] {
    this.compare([], before, after);
    return this.found;
  }

  private compare(names: readonly string[], before: unknown, after: unknown): void {
    if (same(before, after)) return;
    if (isObject(before) && isObject(after) && !isMoney(before)) return this.compareMembers(names, before, after);
    if (isList(before) && isList(after) && [...before, ...after].some(isObject))
      return this.compareRows(names, before, after);
    this.found.push({ name: names.join(' › '), before: this.text(before), after: this.text(after) });
  }

  private compareMembers(names: readonly string[], before: Members, after: Members): void {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      this.compare([...names, this.label(name)], this.valueOf(before, name), this.valueOf(after, name));
    }
  }

  /** Rows at the beginning and the end that are the same stay out of it, so that one that is put between others is one difference. */
  private compareRows(names: readonly string[], before: readonly unknown[], after: readonly unknown[]): void {
    const most = Math.min(before.length, after.length);
    let first = 0;
    while (first < most && same(before[first], after[first])) first += 1;
    let last = 0;
    while (last < most - first && same(before.at(-1 - last), after.at(-1 - last))) last += 1;
    const [was, is] = [before.slice(first, before.length - last), after.slice(first, after.length - last)];
    const own = names.at(-1) ?? '';
    for (let row = 0; row < Math.max(was.length, is.length); row += 1) {
      const name = `${own} ${titleOf(was[row] ?? is[row]) ?? first + row + 1}`;
      this.compare([...names.slice(0, -1), name], was[row], is[row]);
    }
  }

  private text(value: unknown): string {
    if (value === undefined || value === null || value === '') return NOTHING;
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    if (Array.isArray(value)) return value.map((each) => this.text(each)).join(', ') || NOTHING;
    if (!isObject(value)) return String(value);
    if (isMoney(value)) return moneyText(value as { amount: number; currency: string });
    const told = Object.keys(value).map((name) => [this.label(name), this.text(this.valueOf(value, name))] as const);
    const said = told.filter(([, text]) => text !== NOTHING).map(([label, text]) => `${label} ${text}`);
    return said.join(', ') || 'everything';
  }

  private label(name: string): string {
    const label = this.labels[name] ?? name;
    return typeof label === 'string' ? label : label[0];
  }

  /** A member's value as it is written: as money where it is the minor units of a currency beside it. */
  private valueOf(of: Members, name: string): unknown {
    const value = of[name];
    const { currency } = of;
    const label = this.labels[name];
    if (typeof value === 'string' && typeof label === 'object') return label[1](value);
    if (!AMOUNTS.has(name) || typeof value !== 'number' || typeof currency !== 'string' || isMoney(of)) return value;
    return moneyText({ amount: value, currency });
  }
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** What a row is told apart by. */
function titleOf(row: unknown): string | undefined {
  if (!isObject(row)) return undefined;
  const title = row['name'] ?? row['id'] ?? row['countries'];
  return title === undefined ? undefined : String(title);
}
