import { positionOfNumber } from '../../shared/position.js';
import { DocumentStoreUnavailableError, type DocumentStore } from '../../document-store/index.js';
import { openTemporaryDocumentStore } from '../../document-store/test-support/index.js';
import { openSnapshotStore, type Snapshot } from './snapshot-store.js';

const snapshot: Snapshot = { version: 1, revision: 4, position: positionOfNumber(9), state: { open: true } };

describe('snapshots', () => {
  let temporary: Awaited<ReturnType<typeof openTemporaryDocumentStore>>;
  beforeEach(async () => (temporary = await openTemporaryDocumentStore()));
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
    const away: Pick<DocumentStore, 'ensure' | 'get' | 'put'> = {
      ensure: async () => {},
      put: async () => {},
      get: async () => {
        asked += 1;
        throw new DocumentStoreUnavailableError('away');
      },
    };
    const snapshots = await openSnapshotStore(away, 'log-a');
    expect(await snapshots.load('cart-1')).toBeUndefined();
    expect(await snapshots.load('cart-1')).toBeUndefined();
    expect(asked).toBe(1);
  });
});
