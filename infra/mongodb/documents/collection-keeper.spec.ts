import type { Db } from 'mongodb';
import { CollectionKeeper } from './collection-keeper.js';
import type { CollectionStates } from './collection-states.js';

const refusal = new Error('a server’s own words');

/** Keeps the collections of a server that refuses to drop one, in which these are left afterwards. */
function keeperBeside(left: readonly string[]): CollectionKeeper {
  const db = {
    dropCollection: () => Promise.reject(refusal),
    listCollections: ({ name }: { name: string }) => ({
      toArray: () => Promise.resolve(left.filter((one) => one === name)),
    }),
  };
  const states = { find: () => Promise.resolve(null) };
  return new CollectionKeeper(db as unknown as Db, states as unknown as CollectionStates);
}

describe('a collection that cannot be dropped', () => {
  it('is as good as dropped where it is gone: somebody else was faster', async () => {
    await expect(keeperBeside(['other']).dropIfGone('notes', 'notes@1')).resolves.toBeUndefined();
  });

  it('is told of where it is still there', async () => {
    await expect(keeperBeside(['notes@1']).dropIfGone('notes', 'notes@1')).rejects.toBe(refusal);
  });
});
