import { withinBudget } from './write-budget.js';

describe('the time of a write', () => {
  it('is up after a while, whatever the store is doing', async () => {
    const endless = new Promise<string>(() => {});
    await expect(withinBudget(endless, 20)).rejects.toMatchObject({ name: 'UnknownOutcomeError' });
  });

  it('does not change what comes of it in time', async () => {
    expect(await withinBudget(Promise.resolve('done'))).toBe('done');
    await expect(withinBudget(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });
});
