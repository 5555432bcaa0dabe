import { positionOfNumber } from '../event-store/index.js';
import { createProgressFeed } from '../../projections/runner/index.js';
import { SwitchedProgress } from './switched-progress.js';

const head = async () => positionOfNumber(9);
const at = (position: number) => ({
  models: [
    {
      name: 'orders',
      version: 1,
      build: 0,
      position: positionOfNumber(position),
      parked: 0,
      state: 'live' as const,
      complete: true,
    },
  ],
});

describe('progress from one source or the other', () => {
  it('is waited for at the source that took over meanwhile', async () => {
    const [first, second] = [createProgressFeed(head), createProgressFeed(head)];
    const progress = new SwitchedProgress(first);
    const wait = progress.waitFor('orders', positionOfNumber(5), 20_000);
    progress.use(second);
    second.update(at(5));
    expect(await wait).toBe(true);
    expect(await progress.status()).toMatchObject([{ name: 'orders', lag: 4 }]);
  });

  it('is waited for no longer than asked, however often the source changes', async () => {
    const [first, second] = [createProgressFeed(head), createProgressFeed(head)];
    const progress = new SwitchedProgress(first);
    const wait = progress.waitFor('orders', positionOfNumber(5), 30);
    for (const source of [second, first, second]) progress.use(source);
    first.update(at(5));
    expect(await wait).toBe(false);
  });
});
