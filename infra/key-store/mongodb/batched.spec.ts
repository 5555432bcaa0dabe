import { Batched } from './batched.js';

/** Round trips that end when the test says so. */
class Trips {
  readonly batches: (readonly number[])[] = [];
  readonly #ends: (() => void)[] = [];

  readonly work = async (items: readonly number[]): Promise<readonly number[]> => {
    this.batches.push(items);
    await new Promise<void>((resolve) => this.#ends.push(resolve));
    return items.map((item) => item * 10);
  };

  end(index: number): void {
    this.#ends[index]?.();
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('questions that share round trips', () => {
  it('go together where they come while one is under way', async () => {
    const trips = new Trips();
    const batched = new Batched({ most: 10, patienceMs: 60_000 }, trips.work);
    const first = batched.ask(1);
    await turn();
    const others = [batched.ask(2), batched.ask(3)];
    await turn();
    expect(trips.batches).toEqual([[1]]);
    trips.end(0);
    expect(await first).toBe(10);
    await turn();
    trips.end(1);
    expect(await Promise.all(others)).toEqual([20, 30]);
    expect(trips.batches).toEqual([[1], [2, 3]]);
  });

  it('do not wait behind a round trip that hangs', async () => {
    const trips = new Trips();
    const batched = new Batched({ most: 10, patienceMs: 1 }, trips.work);
    void batched.ask(1);
    await turn();
    const second = batched.ask(2);
    while (trips.batches.length < 2) await turn();
    trips.end(1);
    expect(await second).toBe(20);
    const third = batched.ask(3);
    while (trips.batches.length < 3) await turn();
    trips.end(2);
    expect(await third).toBe(30);
  });

  it('are never more than sixteen under way, and those that wait go on when one of them ends', async () => {
    const trips = new Trips();
    const batched = new Batched({ most: 1, patienceMs: 1 }, trips.work);
    const asked = Array.from({ length: 20 }, (_, index) => batched.ask(index));
    while (trips.batches.length < 16) await turn();
    for (let count = 0; count < 20; count += 1) await turn();
    expect(trips.batches).toHaveLength(16);
    for (let index = 0; index < 20; index += 1) {
      while (trips.batches.length <= index) await turn();
      trips.end(index);
    }
    expect(await Promise.all(asked)).toEqual(asked.map((_, index) => index * 10));
  });
});
