import { budgetOf, withinBudget } from './write-budget.js';

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
    expect([undefined, 'wait=0', 'wait=30'].map(budgetOf)).toEqual([15_000, 15_000, 45_000]);
  });
});
