import { CheckpointConflictError } from '../../read-model-store.js';
import { found } from './indexes.js';
import { checkpointAt, notes, put, write } from './fixtures.js';
import type { ReadModelStoreUnderTest } from '../../read-model-store.contract.js';

const second = { ...notes, version: 2 };
const rebuilt = { ...notes, build: 1 };

export function describeVersions(subject: () => ReadModelStoreUnderTest): void {
  describe('versions', () => {
    it('keep their documents when a collection is ensured again', async () => {
      const { store } = subject();
      await store.ensure(notes);
      await put(store, notes, [write('a', 1, { at: 1 })]);
      await store.ensure(notes);
      expect(await found(store, { index: 'by-at', limit: 9 })).toEqual(['a']);
      expect(await store.checkpoint('notes')).toEqual(checkpointAt(1));
    });

    it.each([
      ['a new version', second],
      ['a rebuild of the same version', rebuilt],
    ])('build %s beside the live one and swap at once', async (_, next) => {
      const { store, connect } = subject();
      await store.ensure(notes);
      await put(store, notes, [write('a', 1, { from: 'old', at: 1 }), write('b', 1, { from: 'old', at: 2 })]);
      const reader = await connect();
      expect((await reader.get('notes', 'a'))?.doc).toMatchObject({ from: 'old' });
      await store.ensure(next);
      await put(store, next, [write('a', 1, { from: 'new', at: 1 })]);
      expect((await reader.get('notes', 'a'))?.doc).toMatchObject({ from: 'old' });
      expect((await reader.get(next, 'a'))?.doc).toMatchObject({ from: 'new' });

      await store.promote(next);
      for (const each of [store, reader]) {
        expect((await each.get('notes', 'a'))?.doc).toMatchObject({ from: 'new' });
        expect(await each.get('notes', 'b')).toBeUndefined();
        expect(await found(each, { index: 'by-at', limit: 9 })).toEqual(['a']);
        expect(await each.collections()).toEqual([
          {
            name: 'notes',
            version: next.version,
            build: 'build' in next ? 1 : 0,
            live: true,
            checkpoint: checkpointAt(1),
          },
        ]);
      }
    });

    it('refuse a runner whose collection was dropped', async () => {
      const { store, connect } = subject();
      await store.ensure(notes);
      const zombie = await connect();
      await put(zombie, notes, [write('a', 1, {})]);
      await store.ensure(second);
      await store.promote(second);
      const late = zombie.commit(notes, [write('a', 2, {})], { expected: checkpointAt(1), next: checkpointAt(2) });
      await expect(late).rejects.toBeInstanceOf(CheckpointConflictError);
    });

    it('list every version with its checkpoint', async () => {
      const { store } = subject();
      await store.ensure(second);
      await store.ensure(notes);
      await put(store, notes, []);
      expect(await store.collections()).toEqual([
        { name: 'notes', version: 1, build: 0, live: false, checkpoint: checkpointAt(1) },
        { name: 'notes', version: 2, build: 0, live: true, checkpoint: null },
      ]);
    });

    it('index the documents that are there when an index is added', async () => {
      const { store, connect } = subject();
      await store.ensure({ ...notes, indexes: [] });
      await put(store, notes, [write('a', 1, { at: 1, tags: [{ tag: 'red' }] }), write('b', 2, null)]);
      const reader = await connect();
      expect(await reader.get('notes', 'a')).toBeDefined();
      await store.ensure(notes);
      expect(await found(reader, { index: 'by-at', limit: 9 })).toEqual(['a']);
      expect(await found(store, { index: 'by-tag', equals: ['red'], limit: 9 })).toEqual(['a']);
      expect(await store.checkpoint('notes')).toEqual(checkpointAt(1));
      expect((await store.load(notes, ['b'])).get('b')?.doc).toBeNull();
    });
  });
}
