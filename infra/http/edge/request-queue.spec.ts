import { mock } from 'node:test';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { arrivalOf, RequestQueue } from './request-queue.js';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** A queue whose clock is moved by what the requests do. */
class Begun {
  readonly queue = new RequestQueue();
  readonly names: string[] = [];
  #now = 1_000;

  constructor() {
    mock.method(performance, 'now', () => this.#now);
  }

  /** Each takes so long, half of it in a promise. */
  add(names: string, each: number): IncomingMessage[] {
    return Array.from(names, (name) => {
      const request = new IncomingMessage(new Socket());
      this.queue.add(request, async () => {
        this.names.push(name);
        this.#now += each / 2;
        await Promise.resolve();
        await Promise.resolve();
        this.#now += each / 2;
      });
      return request;
    });
  }
}

afterEach(() => mock.restoreAll());

describe('requests that wait', () => {
  it('are begun in order, for a few milliseconds a turn of the event loop', async () => {
    const begun = new Begun();
    begun.add('abcdefg', 2);
    expect(begun.names).toEqual([]);
    await nextTurn();
    expect(begun.names.join('')).toBe('abc');
    begun.add('h', 2);
    await nextTurn();
    expect(begun.names.join('')).toBe('abcdef');
    await nextTurn();
    expect(begun.names.join('')).toBe('abcdefgh');
  });

  it('are known by when they came, and how many came behind them', async () => {
    const begun = new Begun();
    const [first, second, third] = begun.add('abc', 4);
    await nextTurn();
    await nextTurn();
    const arrivals = [first, second, third].map((request) => request && arrivalOf(request));
    expect(arrivals).toEqual([
      { at: 1_000, waiting: 2 },
      { at: 1_000, waiting: 1 },
      { at: 1_000, waiting: 0 },
    ]);
    expect(arrivalOf(new IncomingMessage(new Socket()))).toEqual({ at: performance.now(), waiting: 0 });
  });

  it('give way to connections that come in turn after turn, but not for ever', async () => {
    const begun = new Begun();
    begun.add('a', 2);
    const turns = { givenAway: 0 };
    for (; begun.names.length === 0; turns.givenAway += 1) {
      begun.queue.connected();
      await nextTurn();
    }
    expect(turns.givenAway).toBe(65);
    begun.add('b', 2);
    begun.queue.connected();
    await nextTurn();
    expect(begun.names.join('')).toBe('a');
    await nextTurn();
    expect(begun.names.join('')).toBe('ab');
  });
});
