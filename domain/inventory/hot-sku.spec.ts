import { inventoryDecider } from './index.js';
import type { InventoryCommand } from './index.js';
import type { Hold, InventoryState } from './state.js';
import { commit, receive, release, reserve } from './test-support/commands.js';

/** A map that counts every entry it is asked for, also those that an iteration walks over. */
class CountingMap<Value> extends Map<string, Value> {
  touched = 0;

  override get(key: string): Value | undefined {
    this.touched += 1;
    return super.get(key);
  }
  override has(key: string): boolean {
    this.touched += 1;
    return super.has(key);
  }
  override set(key: string, value: Value): this {
    this.touched += 1;
    return super.set(key, value);
  }
  override delete(key: string): boolean {
    this.touched += 1;
    return super.delete(key);
  }
  override forEach(visit: (value: Value, key: string, map: Map<string, Value>) => void): void {
    this.touched += this.size;
    super.forEach(visit);
  }
  override entries(): MapIterator<[string, Value]> {
    this.touched += this.size;
    return super.entries();
  }
  override keys(): MapIterator<string> {
    this.touched += this.size;
    return super.keys();
  }
  override values(): MapIterator<Value> {
    this.touched += this.size;
    return super.values();
  }
  override [Symbol.iterator](): MapIterator<[string, Value]> {
    this.touched += this.size;
    return super[Symbol.iterator]();
  }
}

function execute(state: InventoryState, command: InventoryCommand): InventoryState {
  const decision = inventoryDecider.decide(command, state);
  if (!decision.accepted) throw new Error(decision.refusal.code);
  return decision.events.reduce(inventoryDecider.evolve, state);
}

/** The stock of a SKU with that many open holds. */
function stockWith(openHolds: number): { state: InventoryState; holds: CountingMap<Hold> } {
  const holds = new CountingMap<Hold>();
  let state: InventoryState = { ...inventoryDecider.initialState(), holds };
  state = execute(state, receive(100_000));
  for (let n = 0; n < openHolds; n += 1) state = execute(state, reserve(`open-${n}`, 1));
  return { state, holds };
}

/** How many holds each step of an order's life looks at, deciding and folding together. */
function touchedByAnOrder(openHolds: number): readonly number[] {
  const { state, holds } = stockWith(openHolds);
  const steps = [reserve('o1', 3), commit('o1', 'o1.1', 1), commit('o1', 'o1.2', 2), reserve('o2', 1), release('o2')];
  const touched = steps.map((command) => {
    holds.touched = 0;
    expect(execute(state, command)).toBe(state);
    return holds.touched;
  });
  expect(holds.size).toBe(openHolds);
  return touched;
}

describe('a hot SKU', () => {
  it('decides and folds one more event over 50,000 open holds by looking at its own hold alone', () => {
    const touched = touchedByAnOrder(50_000);
    expect(touched).toEqual(touchedByAnOrder(1));
    expect(Math.max(...touched)).toBeLessThanOrEqual(3);
  });

  it('keeps nothing of the orders that have ended', () => {
    const { state } = stockWith(1_000);
    const fresh = inventoryDecider.initialState();
    for (let n = 0; n < 1_000; n += 1) execute(state, release(`open-${n}`));
    expect(state).toEqual({ ...execute(fresh, receive(100_000)), holds: new CountingMap() });
  });

  it('notices a fold that walks over all holds', () => {
    const { holds } = stockWith(10);
    holds.touched = 0;
    expect([...holds.values()].length + [...holds].length).toBe(20);
    expect(holds.touched).toBe(20);
  });
});
