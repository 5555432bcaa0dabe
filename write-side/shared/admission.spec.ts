import { mock } from 'node:test';
import { ProblemError, type Arrival } from '../../infra/http/index.js';
import { Admission } from './admission.js';

/** An admission whose clock is moved by hand, and commands that end when the test says so. */
class Engine {
  readonly admission = new Admission();
  #now = 10_000;
  readonly #ends: (() => void)[] = [];
  /** Requests that wait to be begun, and for how long each does, milliseconds. */
  queue = { length: 0, delay: 0 };

  constructor() {
    mock.method(performance, 'now', () => this.#now);
  }

  get #arrival(): Arrival {
    return { at: this.#now - this.queue.delay, waiting: this.queue.length };
  }

  begin(count: number): void {
    for (let command = 0; command < count; command += 1)
      void this.admission.timed(this.#arrival, () => new Promise<void>((resolve) => this.#ends.push(resolve)));
  }

  async end(count: number): Promise<void> {
    for (const end of this.#ends.splice(0, count)) end();
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** So many commands are under way all the time, and each takes this long. */
  async runs(milliseconds: number, { underWay, each }: { underWay: number; each: number }): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += each) {
      this.begin(underWay - this.#ends.length);
      this.#now += each;
      await this.end(underWay);
    }
    this.begin(underWay);
  }

  /** So many commands are under way, each for a second; a quarter of them ends and is followed by others every 250 ms. */
  async trickles(milliseconds: number, { underWay }: { underWay: number }): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 250) {
      this.begin(Math.min(underWay / 4, underWay - this.#ends.length));
      this.#now += 250;
      if (this.#ends.length === underWay) await this.end(underWay / 4);
    }
    this.begin(underWay - this.#ends.length);
  }

  refusedOf(requests: number, load: 'begins' | 'goes-on'): number {
    let refused = 0;
    for (let request = 0; request < requests; request += 1) {
      try {
        this.admission.admit(load, this.#arrival);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        expect(error).toMatchObject({ code: 'SERVER.OVERLOADED', headers: { 'retry-after': '1' } });
        refused += 1;
      }
    }
    return refused;
  }
}

afterEach(() => mock.restoreAll());

test('nothing is refused while commands are quick, however many there are', async () => {
  const engine = new Engine();
  await engine.runs(5_000, { underWay: 1_000, each: 50 });
  expect(engine.refusedOf(100, 'begins')).toBe(0);
});

test('a burst that is worked off within the second is let through', async () => {
  const engine = new Engine();
  await engine.runs(500, { underWay: 5_000, each: 500 });
  expect(engine.refusedOf(100, 'begins')).toBe(0);
});

test('where commands take too long throughout a second, new carts are refused, the more the longer they take', async () => {
  const engine = new Engine();
  await engine.runs(3_000, { underWay: 500, each: 300 });
  expect(engine.refusedOf(100, 'begins')).toBe(20);
  await engine.runs(4_000, { underWay: 500, each: 400 });
  const refused = engine.refusedOf(100, 'begins');
  expect(Math.abs(refused - 60)).toBeLessThanOrEqual(1);
  expect(engine.refusedOf(100, 'goes-on')).toBe(0);
});

test('how long requests wait before they are begun counts too, where many do', async () => {
  const engine = new Engine();
  engine.queue = { length: 20, delay: 380 };
  await engine.runs(3_000, { underWay: 20, each: 20 });
  expect(engine.refusedOf(100, 'begins')).toBe(0);
  engine.queue = { length: 700, delay: 380 };
  await engine.runs(3_000, { underWay: 20, each: 20 });
  const refused = engine.refusedOf(100, 'begins');
  expect(Math.abs(refused - 60)).toBeLessThanOrEqual(1);
  engine.queue = { length: 0, delay: 0 };
  await engine.runs(300, { underWay: 20, each: 20 });
  expect(engine.refusedOf(100, 'begins')).toBe(0);
});

test('who has begun is refused last', async () => {
  const engine = new Engine();
  await engine.runs(32_000, { underWay: 500, each: 8_000 });
  expect(engine.refusedOf(100, 'begins')).toBe(100);
  expect(engine.refusedOf(100, 'goes-on')).toBeGreaterThan(0);
});

test('it ends with the overload', async () => {
  const engine = new Engine();
  await engine.runs(3_000, { underWay: 500, each: 900 });
  expect(engine.refusedOf(100, 'begins')).toBeGreaterThan(50);
  await engine.end(500);
  await engine.runs(300, { underWay: 200, each: 20 });
  expect(engine.refusedOf(100, 'begins')).toBe(0);
});

test('a slow store is no overload', async () => {
  const engine = new Engine();
  await engine.trickles(5_000, { underWay: 100 });
  expect(engine.refusedOf(100, 'begins')).toBe(0);
  await engine.trickles(5_000, { underWay: 200 });
  expect(engine.refusedOf(100, 'begins')).toBe(100);
});
