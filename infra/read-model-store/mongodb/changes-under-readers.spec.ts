import { mock } from 'node:test';
import { MONGODB, onRealServer } from '../../test-support/servers/index.js';
import { checkpointAt, notes, put, write } from '../test-support/contract/fixtures.js';
import { CheckpointConflictError, type CollectionDefinition, type ReadModelStore } from '../read-model-store.js';
import { DocumentReader } from '../../mongodb/documents/document-reader.js';
import { newMongoDatabase, type MongoDatabase } from './test-support/mongo-database.js';

const IDS = Array.from({ length: 40 }, (_, n) => `n${String(n).padStart(2, '0')}`);
const LAST = 5;

type Numbered = { readonly version: number };

const filled = (version: number, position: number) => IDS.map((id) => write(id, position, { version, at: version }));

await onRealServer(MONGODB, (url) => {
  let database: MongoDatabase;
  let store: ReadModelStore;
  beforeEach(async () => {
    database = await newMongoDatabase(url);
    store = await database.open();
  });
  afterEach(() => database.dispose());

  it('shows every reader one version whole, and the new one as soon as it is promoted', async () => {
    await store.ensure(notes);
    await put(store, notes, filled(1, 1));
    let promoted = 1;
    const over = { is: false };
    const wrong: unknown[] = [];
    let reads = 0;

    const readOn = async (reader: ReadModelStore): Promise<void> => {
      while (!over.is) {
        const least = promoted;
        const documents =
          reads % 2 === 0
            ? [...(await reader.getMany<Numbered>('notes', IDS)).values()]
            : await reader.find<Numbered>('notes', { index: 'by-at', limit: 99 });
        reads += 1;
        const versions = new Set(documents.map(({ doc }) => doc.version));
        const [version = 0] = versions;
        if (documents.length !== IDS.length || versions.size !== 1 || version < least) {
          wrong.push({ least, versions: [...versions], count: documents.length });
        }
      }
    };
    /** The runner of an old version, which writes until it is told that its collection is gone. */
    const writeOn = async (runner: ReadModelStore, version: number): Promise<void> => {
      try {
        for (let position = 2; ; position += 1) {
          await runner.commitAll([{ collection: { name: 'notes', version }, writes: filled(version, position) }]);
        }
      } catch (error) {
        if (!(error instanceof CheckpointConflictError)) throw error;
      }
    };

    const readers = await Promise.all([database.open(), database.open({ access: 'read-only' }), store]);
    const reading = readers.map(readOn);
    try {
      for (let version = 2; version <= LAST; version += 1) {
        const old = writeOn(await database.open(), version - 1);
        const next: CollectionDefinition = { ...notes, version };
        await store.ensure(next);
        await put(store, next, filled(version, 1));
        await store.promote(next);
        promoted = version;
        await old;
      }
    } finally {
      over.is = true;
      await Promise.all(reading);
    }
    expect(wrong).toEqual([]);
    expect(reads).toBeGreaterThan(50);
    const collections = await database.db.listCollections().toArray();
    expect(collections.filter(({ name }) => name.includes('@'))).toHaveLength(1);
  });

  it('asks again where the collection was replaced during the read, however slow that was', async () => {
    await store.ensure(notes);
    await put(store, notes, filled(1, 1));
    const reader = await database.open();
    const get = mock.method(DocumentReader.prototype, 'get', async function (this: DocumentReader, id: string) {
      get.mock.restore();
      const next: CollectionDefinition = { ...notes, version: 2 };
      await store.ensure(next);
      await put(store, next, filled(2, 1));
      await store.promote(next);
      return this.get(id);
    });
    expect((await reader.get<Numbered>('notes', 'n00'))?.doc.version).toBe(2);
  });

  it('loses nothing that a runner commits while an index is added', async () => {
    await store.ensure({ ...notes, indexes: [] });
    const runner = await database.open();
    const over = { is: false };
    let last = 0;
    const running = (async () => {
      let checkpoint = await runner.checkpoint('notes');
      for (let n = 1; !over.is || n < 30; n += 1) {
        const next = checkpointAt(n);
        try {
          await runner.commit(notes, [write(`n${n}`, n, { at: n })], { expected: checkpoint, next });
          checkpoint = next;
          last = n;
        } catch (error) {
          if (!(error instanceof CheckpointConflictError)) throw error;
          checkpoint = await runner.checkpoint('notes');
          n -= 1;
        }
      }
    })();
    // It gives up while others go on writing; asked again, it comes to an end when they pause.
    await store.ensure(notes).catch(() => undefined);
    over.is = true;
    await running;
    await store.ensure(notes);
    const found = await store.find('notes', { index: 'by-at', limit: last + 9 });
    expect(found.map(({ id }) => id)).toEqual(Array.from({ length: last }, (_, n) => `n${n + 1}`));
    expect(await store.checkpoint('notes')).toEqual(checkpointAt(last));
  });

  it('promotes one of two versions whose runners do it at once, and leaves that one whole', async () => {
    await store.ensure(notes);
    const rivals = await Promise.all([2, 3].map(async (version) => ({ version, by: await database.open() })));
    for (const { version, by } of rivals) {
      await by.ensure({ ...notes, version });
      await put(by, { ...notes, version }, filled(version, 1));
    }
    const done = await Promise.allSettled(rivals.map(({ version, by }) => by.promote({ name: 'notes', version })));
    const states = await store.collections();
    expect(states).toMatchObject([{ live: true }]);
    expect(done.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect((await store.getMany('notes', IDS)).size).toBe(IDS.length);
  });

  it('tidies away what a crash has left of a name, and nothing else', async () => {
    await store.ensure(notes);
    await store.ensure({ ...notes, name: 'notes-of-others' });
    for (const name of ['notes@1#0.00000000', 'notesbook@1#0.00000000', 'theirs'])
      await database.db.createCollection(name);
    await store.ensure(notes);
    const left = (await database.db.listCollections().toArray()).map(({ name }) => name).sort();
    expect(left.map((name) => name.replace(/\.(?!0{8})\w+$/, ''))).toEqual([
      'collections',
      'notes-of-others@1#0',
      'notes@1#0',
      'notesbook@1#0.00000000',
      'theirs',
    ]);
  });
});
