/** What is different at a place, as the API has it. */
export interface Change {
  /** JSON Pointer. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Id of the event that changed it last. */
  readonly by: string;
}

type Members = Readonly<Record<string, unknown>>;

const AMOUNT = '/amount';

/** Writes what an amount of money was and is as money: all of an order is in one currency. */
export const withMoney = (changes: readonly Change[], currency: string): readonly Change[] =>
  changes.map((change) => {
    const { path, before, after, by } = change;
    if (!path.endsWith(AMOUNT) || typeof before !== 'number' || typeof after !== 'number') return change;
    const money = (amount: number) => ({ amount, currency });
    return { path: path.slice(0, -AMOUNT.length), before: money(before), after: money(after), by };
  });

/** A change of each value that a place has: a new shipment has a state, a carrier, lines. */
export function valueChanges({ path, before, after, by }: Change): readonly Change[] {
  const names = new Set([...namesOf(before), ...namesOf(after)]);
  if (names.size === 0) return [{ path, before, after, by }];
  return [...names].flatMap((name) =>
    valueChanges({ path: `${path}/${name}`, before: memberOf(before, name), after: memberOf(after, name), by }),
  );
}

/** Money is one value. */
function namesOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null || 'currency' in value) return [];
  return Object.keys(value).map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Members)[name.replaceAll('~1', '/').replaceAll('~0', '~')];
}
