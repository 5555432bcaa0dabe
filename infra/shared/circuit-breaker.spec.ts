import { mock } from 'node:test';
import { circuitBreaker } from './circuit-breaker.js';

class Away extends Error {}

describe('a circuit breaker', () => {
  let now = 0;
  let calls = 0;
  let failure: Error | null = null;
  const call = async () => {
    calls += 1;
    if (failure !== null) throw failure;
    return 'answer';
  };
  const breaker = () => circuitBreaker({ isAway: (error) => error instanceof Away, openMs: 5_000 });

  beforeEach(() => {
    [now, calls, failure] = [10_000, 0, null];
    mock.method(performance, 'now', () => now);
  });
  afterEach(() => mock.restoreAll());

  it('does not call what was away for as long as the circuit is open, and calls it again after that', async () => {
    const ask = breaker();
    failure = new Away();
    expect([await ask(call), await ask(call), calls]).toEqual([undefined, undefined, 1]);
    failure = null;
    now += 4_999;
    expect([await ask(call), calls]).toEqual([undefined, 1]);
    now += 1;
    expect([await ask(call), calls]).toEqual(['answer', 2]);
  });

  it('throws any other error on, and stays closed', async () => {
    const ask = breaker();
    failure = new Error('a bug');
    await expect(ask(call)).rejects.toThrow('a bug');
    failure = null;
    expect(await ask(call)).toBe('answer');
  });
});
