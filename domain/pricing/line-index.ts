import type { Selector } from './promotion.js';

/** What a selector looks at. */
export interface SelectableLine {
  readonly sku: string;
  readonly categories: readonly string[];
  readonly brand?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

type Member = 'skus' | 'categories' | 'brands';

/**
 * The lines of a cart by what selectors name, so that a promotion costs what it selects and not what the cart holds: a large
 * cart is priced under hundreds of promotions with every command.
 */
export class LineIndex {
  private readonly all: readonly number[];
  private readonly by: Readonly<Record<Member, ReadonlyMap<string, readonly number[]>>>;
  private attributes: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(
    private readonly lines: readonly SelectableLine[],
    isSelectable: (index: number) => boolean,
  ) {
    const [skus, categories, brands] = [
      new Map<string, number[]>(),
      new Map<string, number[]>(),
      new Map<string, number[]>(),
    ];
    this.all = lines.flatMap((_, index) => (isSelectable(index) ? [index] : []));
    for (const index of this.all) {
      const line = lines[index] as SelectableLine;
      put(skus, line.sku, index);
      for (const category of new Set(line.categories)) put(categories, category, index);
      if (line.brand !== undefined) put(brands, line.brand, index);
    }
    this.by = { skus, categories, brands };
  }

  /** Indexes of the lines that a selector is about, in the order of the lines. */
  select(selector: Selector = {}): readonly number[] {
    const { attributes, except } = selector;
    const named = (['skus', 'categories', 'brands'] as const).flatMap((member) => {
      const values = selector[member];
      return values === undefined ? [] : [this.linesOf(member, values)];
    });
    for (const [name, value] of Object.entries(attributes ?? {})) named.push(this.linesWith(name, value));
    const [first = this.all, ...others] = named.sort((a, b) => a.length - b.length);
    if (others.length === 0 && except === undefined) return first;
    const sets = others.map((indexes) => new Set(indexes));
    const excluded = except === undefined ? undefined : new Set(this.select(except));
    return first.filter((index) => sets.every((set) => set.has(index)) && !excluded?.has(index));
  }

  private linesOf(member: Member, values: readonly string[]): readonly number[] {
    const by = this.by[member];
    if (values.length === 1) return by.get(values[0] as string) ?? [];
    return [...new Set(values.flatMap((value) => by.get(value) ?? []))].sort((a, b) => a - b);
  }

  private linesWith(name: string, value: string): readonly number[] {
    return (this.attributes ??= this.byAttribute()).get(attributeKey(name, value)) ?? [];
  }

  private byAttribute(): ReadonlyMap<string, readonly number[]> {
    const found = new Map<string, number[]>();
    for (const index of this.all) {
      for (const [name, value] of Object.entries(this.lines[index]?.attributes ?? {}))
        put(found, attributeKey(name, value), index);
    }
    return found;
  }
}

const attributeKey = (name: string, value: string): string => `${name.length}:${name}${value}`;

function put(map: Map<string, number[]>, key: string, index: number): void {
  const indexes = map.get(key);
  if (indexes === undefined) map.set(key, [index]);
  else indexes.push(index);
}
