import { eachAtOnce } from './at-once.js';

describe('work for each of many items', () => {
  it('is done once for each, for no more at once than is said', async () => {
    const done: number[] = [];
    let [now, most] = [0, 0];
    await eachAtOnce([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      done.push(item);
    });
    expect([done.toSorted(), most]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3]);
    await eachAtOnce([], 3, () => Promise.reject(new Error('no item')));
  });

  it('ends with the first error', async () => {
    const work = (item: number) => (item === 2 ? Promise.reject(new Error('two')) : Promise.resolve());
    await expect(eachAtOnce([1, 2, 3], 1, work)).rejects.toThrow('two');
  });
});
