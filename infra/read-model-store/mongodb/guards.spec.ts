import { MONGODB, onRealServer } from '../../test-support/servers/index.js';
import { at, checkpointAt, nextMove, notes, put, write } from '../test-support/contract/fixtures.js';
import { CheckpointConflictError, type ReadModelStore } from '../read-model-store.js';
import { CollectionLayout } from '../../mongodb/documents/collection-layout.js';
import type { DocumentRecord } from '../../mongodb/documents/document-record.js';
import { DocumentWriter } from '../../mongodb/documents/document-writer.js';
import { DocumentTooLargeError } from '../../mongodb/documents/driver-errors.js';
import { newMongoDatabase, type MongoDatabase } from './test-support/mongo-database.js';

await onRealServer(MONGODB, (url) => {
  let database: MongoDatabase;
  let store: ReadModelStore;
  beforeEach(async () => {
    database = await newMongoDatabase(url);
    store = await database.open();
  });
  afterEach(() => database.dispose());

  const texts = async (): Promise<unknown[]> => (await store.scan('notes', { limit: 99 })).map(({ doc }) => doc);

  describe('a runner that slept while another took over', () => {
    it('neither overwrites what is newer nor moves the checkpoint', async () => {
      const zombie = await database.open();
      await store.ensure(notes);
      await store.commit(notes, [write('a', 1, { n: 1 })], { expected: null, next: checkpointAt(1) });
      const slept = { expected: checkpointAt(1), next: checkpointAt(3) };
      const late = [write('a', 2, { n: 'late' }), write('b', 3, { n: 'late' }), write('c', 3, { n: 3 })];

      await put(store, notes, [write('a', 4, { n: 4 }), write('b', 3, { n: 3 }), write('gone', 4, null)]);
      const commit = zombie.commit(notes, [...late, write('gone', 3, { n: 'late' })], slept);
      await expect(commit).rejects.toBeInstanceOf(CheckpointConflictError);
      // What it alone had is what the other runner will write there too: a document follows from its position.
      expect(await texts()).toEqual([{ n: 4 }, { n: 3 }, { n: 3 }]);
      expect(await store.checkpoint('notes')).toEqual(checkpointAt(2));
    });

    it('stops in the middle of several collections, with nothing after the failure', async () => {
      const others = { name: 'others', version: 1, indexes: [] };
      for (const collection of [notes, others]) await store.ensure(collection);
      await put(store, notes, []);
      const commit = store.commitAll([
        { collection: notes, writes: [write('a', 1, {})], move: { expected: null, next: checkpointAt(9) } },
        { collection: others, writes: [write('a', 1, {})], move: { expected: null, next: checkpointAt(9) } },
      ]);
      await expect(commit).rejects.toBeInstanceOf(CheckpointConflictError);
      expect(await store.get('others', 'a')).toBeUndefined();
      expect(await store.checkpoint('others')).toBeNull();
    });

    it('does not bring a dropped collection back, nor write into one that was made anew under its name', async () => {
      const zombie = await database.open();
      await store.ensure(notes);
      await zombie.load(notes, ['a']);
      for (const version of [2, 1]) {
        await store.ensure({ ...notes, version });
        await store.promote({ name: 'notes', version });
      }
      const late = zombie.commitAll([{ collection: notes, writes: [write('a', 9, { n: 'late' })] }]);
      await expect(late).rejects.toBeInstanceOf(CheckpointConflictError);
      expect(await texts()).toEqual([]);
      const collections = await database.db.listCollections().toArray();
      expect(collections.map(({ name }) => name.replace(/\.\w+$/, '')).sort()).toEqual(['collections', 'notes@1#0']);
    });
  });

  describe('a commit', () => {
    it('may be repeated by its maker, as its answer may have been lost, and by nobody else', async () => {
      const other = await database.open();
      await store.ensure(notes);
      const move = { expected: null, next: checkpointAt(1) };
      for (let count = 0; count < 2; count += 1) await store.commit(notes, [write('a', 1, { n: 1 })], move);
      await expect(other.commit(notes, [], move)).rejects.toBeInstanceOf(CheckpointConflictError);
      await put(store, notes, []);
      await expect(store.commit(notes, [], move)).rejects.toBeInstanceOf(CheckpointConflictError);
    });

    it('that ended before its checkpoint may be written again, onto the documents that it left', async () => {
      await store.ensure(notes);
      const page = [write('a', 1, { n: 1 }), write('b', 2, { n: 2 }), write('c', 2, null)];
      await store.commitAll([{ collection: notes, writes: page.slice(1) }]);
      expect(await store.checkpoint('notes')).toBeNull();
      await put(store, notes, page);
      expect(await texts()).toEqual([{ n: 1 }, { n: 2 }]);
      expect((await store.load(notes, ['c'])).get('c')).toEqual({ position: at(2), doc: null });
    });

    it('of many writers at once leaves every document at its highest position', async () => {
      await store.ensure(notes);
      const writers = await Promise.all(Array.from({ length: 6 }, () => database.open()));
      const ids = Array.from({ length: 20 }, (_, n) => `n${n}`);
      let highest = 0;
      const writeOn = async (writer: ReadModelStore, number: number): Promise<void> => {
        for (let round = 0; round < 10; round += 1) {
          const position = 1 + ((round * 7 + number * 3) % 60);
          highest = Math.max(highest, position);
          const writes = ids.map((id) => write(id, position, { position }));
          await writer.commitAll([{ collection: notes, writes }]);
        }
      };
      await Promise.all(writers.map(writeOn));
      for (const document of await store.scan('notes', { limit: 99 })) {
        expect(document).toMatchObject({ position: at(highest), doc: { position: highest } });
      }
    });

    it('writes its document where another inserted a lower position in the same moment', async () => {
      const documents = database.db.collection<DocumentRecord>('raced');
      await documents.insertOne({ _id: 'newer', position: at(9), doc: { n: 9 } });
      let isFirst = true;
      const racing: ConstructorParameters<typeof DocumentWriter>[0] = {
        collectionName: 'raced',
        deleteMany: (filter) => documents.deleteMany(filter),
        replaceOne: (filter, replacement) => documents.replaceOne(filter, replacement),
        countDocuments: (filter) => documents.countDocuments(filter),
        bulkWrite: async (operations, options) => {
          if (!isFirst) return documents.bulkWrite(operations, options);
          isFirst = false;
          await documents.insertOne({ _id: 'a', position: at(5), doc: { n: 5 } });
          // As the server sees it that looked before the insert: it finds nothing to replace, and its insert is refused.
          const blind = operations.map((operation) =>
            'replaceOne' in operation
              ? {
                  replaceOne: {
                    ...operation.replaceOne,
                    filter: { _id: operation.replaceOne.filter._id ?? '', position: { $lt: at(0) } },
                  },
                }
              : operation,
          );
          return documents.bulkWrite(blind, options);
        },
      };
      const writer = new DocumentWriter(racing, new CollectionLayout([]));
      await writer.writeGuarded([write('a', 6, { n: 6 }), write('newer', 6, { n: 6 }), write('b', 6, { n: 6 })]);
      const records = await documents.find().sort({ _id: 1 }).toArray();
      expect(records.map(({ _id, doc }) => [_id, doc?.['n']])).toEqual([['a', 6], ['b', 6], ['newer', 9]]); // prettier-ignore
    });

    it('with a document beyond what MongoDB takes is refused by name, and nothing of it is kept', async () => {
      await store.ensure(notes);
      const writes = [write('a', 1, { n: 1 }), write('huge', 1, { text: 'x'.repeat(17 * 1024 * 1024) })];
      const commit = store.commit(notes, writes, await nextMove(store, notes));
      await expect(commit).rejects.toThrow(/document huge of notes@1#0.* is larger than the 16 MiB/);
      await expect(commit).rejects.toBeInstanceOf(DocumentTooLargeError);
      expect(await texts()).toEqual([]);
      expect(await store.checkpoint('notes')).toBeNull();
    });
  });

  it('keeps documents as they are, so that they can be queried in MongoDB', async () => {
    await store.ensure(notes);
    await put(store, notes, [write('a', 1, { at: 3, author: { name: 'ann' }, list: [1, 'two', null] })]);
    const collections = await database.db.listCollections().toArray();
    const name = collections.find((each) => each.name.includes('@'))?.name ?? '';
    const record = await database.db.collection(name).findOne({ 'doc.author.name': 'ann' });
    expect(record).toMatchObject({ doc: { at: 3, author: { name: 'ann' }, list: [1, 'two', null] } });
  });
});
