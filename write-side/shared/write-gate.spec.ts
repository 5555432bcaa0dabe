import { validate } from 'uuid';
import { budgetOf, commandIdOf, withinBudget } from './write-gate.js';

const scope = { method: 'POST', route: '/v1/carts/:id/items', params: { id: 'c' }, principal: 'anonymous', key: 'k' };

describe('the time of a write', () => {
  it('is up after a while, whatever the store is doing', async () => {
    const endless = new Promise<string>(() => {});
    await expect(withinBudget(endless, 20)).rejects.toMatchObject({ name: 'UnknownOutcomeError' });
  });

  it('does not change what comes of it in time', async () => {
    expect(await withinBudget(Promise.resolve('done'), 20)).toBe('done');
    await expect(withinBudget(Promise.reject(new Error('refused')), 20)).rejects.toThrow('refused');
  });

  it('has the time on top that its client asks to wait', () => {
    expect([undefined, 'wait=0', 'wait=30'].map((prefer) => budgetOf(prefer))).toEqual([15_000, 15_000, 45_000]);
    expect(budgetOf('wait=5', 60_000)).toBe(65_000);
  });
});

describe('a command id', () => {
  it('follows from method, route, parameters, principal and key, and from nothing else', () => {
    expect(commandIdOf(scope)).toBe(commandIdOf({ ...scope }));
    const others = [
      { method: 'PUT' },
      { route: '/v1/carts/:id' },
      { params: { id: 'd' } },
      { principal: 'customer:1' },
      { key: 'K' },
    ];
    const ids = others.map((other) => commandIdOf({ ...scope, ...other }));
    expect(new Set([...ids, commandIdOf(scope)]).size).toBe(6);
    expect(validate(commandIdOf(scope))).toBe(true);
  });
});
