import type { ProjectionStatus } from '../../engine/projections/progress.js';
import { positionOfNumber } from '../../shared/position.js';
import { readinessOf } from '../../http/ops/readiness.js';
import { followedCheck } from './followed-check.js';

describe('readiness of the read models', () => {
  let status: ProjectionStatus;
  let time: number;
  beforeEach(() => {
    const [position, state] = [positionOfNumber(7), 'live'] as const;
    status = { name: 'orders', version: 1, build: 0, position, parked: 0, state, complete: true, lag: 0 };
    time = 0;
  });
  const progress = { status: async () => [status], look: async () => status, waitFor: async () => true };
  const check = followedCheck(progress, () => time);
  const result = async (): Promise<string | undefined> => (await readinessOf([check])).checks['read-models'];

  it.each([
    [
      'cannot be stored',
      { trouble: 'ReadStoreUnavailableError' },
      'orders cannot be stored: ReadStoreUnavailableError',
    ],
    ['is stopped', { state: 'stopped' }, 'orders is stopped'],
    ['is far behind', { lag: 60_000 }, 'orders is far behind'],
    ['is parked in part, which is for operators', { parked: 3 }, 'ok'],
    ['is built from nothing', { complete: false, lag: 3 }, 'orders is being built'],
    ['has nothing to be built from', { complete: false }, 'ok'],
    ['is a little behind', { lag: 40_000 }, 'ok'],
  ] as const)('says when one %s', async (_, change, expected) => {
    status = { ...status, ...change };
    expect(await result()).toBe(expected);
  });

  it('ends when one stands still with events to fold, and begins again when it goes on', async () => {
    status = { ...status, lag: 2 };
    expect(await result()).toBe('ok');
    time = 9_999;
    expect(await result()).toBe('ok');
    time = 10_000;
    expect(await result()).toBe('orders stands still');
    status = { ...status, position: positionOfNumber(8), lag: 1 };
    expect(await result()).toBe('ok');
    time = 20_000;
    expect(await result()).toBe('orders stands still');
    status = { ...status, lag: 0 };
    expect(await result()).toBe('ok');
  });

  it('goes on where nothing happens in the shop for long', async () => {
    expect(await result()).toBe('ok');
    time = 60_000;
    expect(await result()).toBe('ok');
    status = { ...status, lag: 1 };
    expect(await result()).toBe('ok');
  });
});
