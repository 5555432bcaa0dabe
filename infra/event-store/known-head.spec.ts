import { KnownHead } from './known-head.js';
import type { Position } from '../shared/position.js';

/** A log that answers as the test says. */
class Log {
  asked = 0;
  answer: () => Promise<Position | null> = () => Promise.resolve('7' as Position);
  readonly head = (): Promise<Position | null> => {
    this.asked += 1;
    return this.answer();
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the end of the log for those who can do without it', () => {
  let log: Log;
  let time: number;
  let known: KnownHead;
  beforeEach(() => {
    log = new Log();
    time = 0;
    known = new KnownHead(log.head, { soonMs: 1, now: () => time });
  });

  it('is asked for each time while the log answers', async () => {
    expect([await known.now(), await known.now()]).toEqual(['7', '7']);
    expect(log.asked).toBe(2);
  });

  it('is asked for once for all who come in one turn of the event loop, and after they came', async () => {
    const asked = [known.now(), known.now()];
    log.answer = () => Promise.resolve('8' as Position);
    await Promise.resolve();
    asked.push(known.now());
    expect(await Promise.all(asked)).toEqual(['8', '8', '8']);
    expect(log.asked).toBe(1);
  });

  it('is not asked for by each once the log has not answered soon, until it answers', async () => {
    await known.now();
    let answer: (position: Position) => void = () => {};
    log.answer = () => new Promise((resolve) => (answer = resolve));
    for (let count = 0; count < 50; count += 1) expect(await known.now()).toBeUndefined();
    expect(log.asked).toBe(2);
    expect(await known.latest()).toBe('7');
    log.answer = () => Promise.resolve('9' as Position);
    answer('8' as Position);
    await turn();
    expect(await known.now()).toBe('9');
  });

  it('is asked for once a second, beside those who come, while the log fails', async () => {
    await known.now();
    log.answer = () => Promise.reject(new Error('away'));
    expect(await known.now()).toBeUndefined();
    await turn();
    const before = log.asked;
    for (let count = 0; count < 50; count += 1) expect(await known.now()).toBeUndefined();
    expect(log.asked).toBe(before);
    time += 1_000;
    for (let count = 0; count < 50; count += 1) expect(await known.now()).toBeUndefined();
    expect(log.asked).toBe(before + 1);
    log.answer = () => Promise.resolve('9' as Position);
    time += 1_000;
    await known.now();
    await turn();
    expect(await known.now()).toBe('9');
  });

  it('is refused at once to those who need it while the log is known to be away', async () => {
    expect(await known.sure()).toBe('7');
    log.answer = () => new Promise(() => {});
    await known.now();
    const before = log.asked;
    await expect(known.sure()).rejects.toThrow('the event store is away');
    expect(log.asked).toBe(before);
  });

  it('is null where the log is empty, and nothing is made up where it never answered', async () => {
    log.answer = () => Promise.resolve(null);
    expect(await known.latest()).toBeNull();
    log.answer = () => Promise.reject(new Error('away'));
    await expect(new KnownHead(log.head).latest()).rejects.toThrow('does not say where the log ends');
  });
});
