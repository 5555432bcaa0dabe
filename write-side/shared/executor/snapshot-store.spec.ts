import { positionOfNumber } from '../../../infra/event-store/index.js';
import { ReadStoreUnavailableError, type ReadStore } from '../../../infra/read-store/index.js';
import { openTemporaryReadStore } from '../../../infra/read-store/test-support/index.js';
import { openSnapshotStore, type Snapshot } from './snapshot-store.js';

const snapshot: Snapshot = { version: 1, revision: 4, position: positionOfNumber(9), state: { open: true } };

describe('snapshots', () => {
  let temporary: Awaited<ReturnType<typeof openTemporaryReadStore>>;
  beforeEach(async () => (temporary = await openTemporaryReadStore()));
  afterEach(() => temporary.close());

  test('are found again by the stream and the log that they were made of', async () => {
    const snapshots = await openSnapshotStore(temporary.store, 'log-a');
    await snapshots.save('cart-1', snapshot);
    expect(await snapshots.load('cart-1')).toEqual(snapshot);
    expect(await snapshots.load('cart-2')).toBeUndefined();
    expect(await (await openSnapshotStore(temporary.store, 'log-b')).load('cart-1')).toBeUndefined();
  });

  test('are done without while their store is away, and it is not asked again for every command', async () => {
    let asked = 0;
    const away: Pick<ReadStore, 'ensure' | 'get' | 'commitAll'> = {
      ensure: async () => {},
      commitAll: async () => {},
      get: async () => {
        asked += 1;
        throw new ReadStoreUnavailableError('away');
      },
    };
    const snapshots = await openSnapshotStore(away, 'log-a');
    expect(await snapshots.load('cart-1')).toBeUndefined();
    expect(await snapshots.load('cart-1')).toBeUndefined();
    expect(asked).toBe(1);
  });
});
