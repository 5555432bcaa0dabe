import { CheckpointConflictError } from '../../read-model-store.js';
import { at, checkpointAt, nextMove, notes, put, write } from './fixtures.js';
import type { JsonObject } from '../../../../domain/shared/json.js';
import type { ReadModelStoreUnderTest } from '../../read-model-store.contract.js';

const others = { name: 'others', version: 1, indexes: [] };

export function describeCommits(subject: () => ReadModelStoreUnderTest): void {
  describe('commits', () => {
    it('gives back the documents and the checkpoint of a commit, also to another process', async () => {
      const { store, connect } = subject();
      await store.ensure(notes);
      const other = await connect();
      await store.commit(notes, [write('a', 3, { text: 'x' })], { expected: null, next: checkpointAt(4) });
      for (const reader of [store, other]) {
        expect(await reader.get('notes', 'a')).toEqual({ id: 'a', position: at(3), doc: { text: 'x' } });
        expect(await reader.get('notes', 'b')).toBeUndefined();
        expect(await reader.checkpoint('notes')).toEqual(checkpointAt(4));
      }
    });

    it('has nothing to give where nothing was ever made', async () => {
      const { store } = subject();
      expect(await store.get('notes', 'a')).toBeUndefined();
      expect((await store.getMany('notes', ['a'])).size).toBe(0);
      expect(await store.find('notes', { index: 'by-at', limit: 5 })).toEqual([]);
      expect(await store.scan('notes', { limit: 5 })).toEqual([]);
      expect(await store.checkpoint('notes')).toBeNull();
    });

    it('leaves a document alone that is at the same or a higher position', async () => {
      const { store } = subject();
      await store.ensure(notes);
      await put(store, notes, [write('a', 5, { n: 5 })]);
      await put(store, notes, [write('a', 5, { n: 'again' })]);
      await put(store, notes, [write('a', 4, { n: 4 })]);
      expect((await store.get('notes', 'a'))?.doc).toEqual({ n: 5 });
      await put(store, notes, [write('a', 6, { n: 6 })]);
      expect(await store.get('notes', 'a')).toEqual({ id: 'a', position: at(6), doc: { n: 6 } });
    });

    it('keeps nothing of a commit whose checkpoint somebody else has moved', async () => {
      const { store, connect } = subject();
      await store.ensure(notes);
      const zombie = await connect();
      await store.commit(notes, [], { expected: null, next: checkpointAt(2) });
      const late = zombie.commit(notes, [write('a', 1, {})], { expected: null, next: checkpointAt(1) });
      await expect(late).rejects.toBeInstanceOf(CheckpointConflictError);
      const foreign = { expected: checkpointAt(2, 'another log'), next: checkpointAt(3) };
      await expect(zombie.commit(notes, [], foreign)).rejects.toBeInstanceOf(CheckpointConflictError);
      expect(await store.checkpoint('notes')).toEqual(checkpointAt(2));
    });

    it('commits several collections in one go', async () => {
      const { store } = subject();
      await store.ensure(notes);
      await store.ensure(others);
      await store.commitAll([
        { collection: others, writes: [write('x', 1, { n: 1 })] },
        { collection: notes, writes: [write('a', 1, { n: 2 })], move: await nextMove(store, notes) },
      ]);
      expect((await store.get('others', 'x'))?.doc).toEqual({ n: 1 });
      expect((await store.get('notes', 'a'))?.doc).toEqual({ n: 2 });
      expect(await store.checkpoint('others')).toBeNull();
      expect(await store.checkpoint('notes')).toEqual(checkpointAt(1));
    });

    it('stores documents with a commit', async () => {
      const { store, connect } = subject();
      await store.ensure(notes);
      await store.documents.ensure({ name: 'marks', indexes: [] });
      const parked = (n: number) => [{ collection: 'marks', puts: [{ id: 'a', doc: { n } }] }];
      const move = await nextMove(store, notes);
      await store.commitAll([{ collection: notes, writes: [write('a', 1, {})], move }], parked(1));
      const other = await connect();
      expect(await other.documents.get('marks', 'a')).toEqual({ n: 1 });
      expect(await other.checkpoint('notes')).toEqual(checkpointAt(1));
    });

    it('refuses a commit to a collection that is not there', async () => {
      const { store } = subject();
      const commit = store.commit(notes, [], { expected: null, next: checkpointAt(1) });
      await expect(commit).rejects.toBeInstanceOf(CheckpointConflictError);
    });

    describeDeletions(subject);
    describeContent(subject);
  });
}

function describeDeletions(subject: () => ReadModelStoreUnderTest): void {
  it('hides a deleted document from reads and remembers its position for the runner', async () => {
    const { store } = subject();
    await store.ensure(notes);
    await put(store, notes, [write('a', 1, { at: 1, tags: [{ tag: 't' }] }), write('b', 1, { at: 2 })]);
    await put(store, notes, [write('a', 2, null)]);
    expect(await store.get('notes', 'a')).toBeUndefined();
    expect([...(await store.getMany('notes', ['a', 'b'])).keys()]).toEqual(['b']);
    expect((await store.scan('notes', { limit: 9 })).map(({ id }) => id)).toEqual(['b']);
    expect((await store.find('notes', { index: 'by-at', limit: 9 })).map(({ id }) => id)).toEqual(['b']);
    expect(await store.find('notes', { index: 'by-tag', equals: ['t'], limit: 9 })).toEqual([]);
    expect((await store.load(notes, ['a', 'none'])).get('a')).toEqual({ position: at(2), doc: null });
    await put(store, notes, [write('a', 2, { at: 9 })]);
    expect(await store.get('notes', 'a')).toBeUndefined();
    await put(store, notes, [write('a', 3, { at: 9 })]);
    expect((await store.get('notes', 'a'))?.doc).toEqual({ at: 9 });
  });
}

function describeContent(subject: () => ReadModelStoreUnderTest): void {
  it('keeps every JSON value, any script and control characters, in documents and ids', async () => {
    const { store } = subject();
    await store.ensure(notes);
    const doc = {
      text: 'Ünïcödé 👩‍🚀 שלום \u0000 "\\',
      none: null,
      yes: true,
      list: [1.5, [], {}],
      'a.b': -0.1,
      $set: 1,
    };
    const ids = ['👩‍🚀', 'a/b', "it's", 'a.b', '$x', ' '];
    await put(
      store,
      notes,
      ids.map((id) => write(id, 1, doc)),
    );
    for (const id of ids) expect((await store.get('notes', id))?.doc).toEqual(doc);
    expect((await store.getMany('notes', ids)).size).toBe(ids.length);
  });

  it('keeps names and texts that a database has uses of its own for, and halves of surrogate pairs', async () => {
    const { store } = subject();
    await store.ensure(notes);
    const doc = {
      ...(JSON.parse('{"__proto__": {"polluted": true}}') as JsonObject),
      _bsontype: 'ObjectId',
      _id: 'theirs',
      position: 'theirs',
      '': { '': '' },
      '$.%\u0000': { '%0024': '%text', '%text': 'x', $ref: 'a', $id: 'b' },
      'half\ud800': ['a\udc00b', { text: '\ud83d' }, '😀'],
      toBSON: 'text',
      at: '\ud800',
    };
    await put(store, notes, [write('a', 1, doc), write('b', 1, { toJSON: 'text', at: '%text' })]);
    expect(JSON.stringify((await store.get('notes', 'a'))?.doc)).toBe(JSON.stringify(doc));
    expect((await store.load(notes, ['a'])).get('a')?.doc).toEqual(doc);
    expect((await store.find('notes', { index: 'by-at', limit: 9 })).map((each) => each.doc)).toHaveLength(2);
  });

  it('keeps numbers as they are', async () => {
    const { store } = subject();
    await store.ensure(notes);
    const numbers = [0, 1, -1, 0.1, 2 ** 31, -(2 ** 31) - 1, 3e9, 2 ** 53 - 1, -(2 ** 53) + 1, 5e-324, 1.7e308];
    await put(store, notes, [write('a', 1, { numbers, at: 2 ** 53 - 1 }), write('b', 1, { at: 2 ** 53 - 2 })]);
    expect((await store.get('notes', 'a'))?.doc).toEqual({ numbers, at: 2 ** 53 - 1 });
    const found = await store.find('notes', { index: 'by-at', equals: [2 ** 53 - 1], limit: 9 });
    expect(found.map(({ id }) => id)).toEqual(['a']);
  });

  it('leaves out what is undefined', async () => {
    const { store } = subject();
    await store.ensure(notes);
    await put(store, notes, [write('a', 1, { none: undefined, in: { none: undefined }, yes: 1 })]);
    expect(JSON.stringify((await store.get('notes', 'a'))?.doc)).toBe('{"in":{},"yes":1}');
  });

  it('keeps a document of several megabytes and hundreds of documents in one commit', async () => {
    const { store } = subject();
    await store.ensure(notes);
    const large = { lines: Array.from({ length: 30_000 }, (_, n) => ({ n, text: 'line '.repeat(20) })) };
    const writes = Array.from({ length: 500 }, (_, n) => write(`n${n}`, 1, { at: n }));
    await put(store, notes, [write('large', 1, large), ...writes]);
    expect((await store.get('notes', 'large'))?.doc).toEqual(large);
    expect((await store.getMany('notes', ['n0', 'n499', 'n250', 'n1', 'none'])).size).toBe(4);
  });

  it('answers a ping', async () => {
    await expect(subject().store.ping()).resolves.toBeUndefined();
  });
}
