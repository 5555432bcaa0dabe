import { StoreRefusedError } from '../../shared/store-errors.js';
import { MONGODB, onRealServer } from '../../test-support/servers/index.js';
import { notes, put, write } from '../test-support/contract/fixtures.js';
import { ReadModelStoreUnavailableError } from '../read-model-store.js';
import { openMongoReadModelStore } from './index.js';
import { newMongoDatabase, type MongoDatabase } from './test-support/mongo-database.js';

await onRealServer(MONGODB, (url) => {
  let database: MongoDatabase;
  beforeEach(async () => {
    database = await newMongoDatabase(url);
  });
  afterEach(() => database.dispose());

  it('is not written by one who opened it for reading', async () => {
    const [store, reader] = [await database.open(), await database.open({ access: 'read-only' })];
    expect(await reader.get('notes', 'a')).toBeUndefined();
    await store.ensure(notes);
    await put(store, notes, [write('a', 1, { n: 1 })]);
    expect((await reader.get('notes', 'a'))?.doc).toEqual({ n: 1 });
    for (const change of [reader.ensure(notes), reader.promote(notes), put(reader, notes, [write('a', 2, {})])]) {
      await expect(change).rejects.toBeInstanceOf(ReadModelStoreUnavailableError);
    }
  });

  it('has nothing of another space of the same URL', async () => {
    const elsewhere = await newMongoDatabase(url);
    const [store, other] = [await database.open(), await elsewhere.open()];
    await store.ensure(notes);
    expect(await other.collections()).toEqual([]);
    await elsewhere.dispose();
  });

  it('is refused where another version made it, saying what to do', async () => {
    await (await database.open()).ensure(notes);
    await database.db.collection('collections').updateOne({}, { $set: { layout: 99 } });
    await expect(database.open()).rejects.toThrow(/cartwright-spec-.* was made by another version; drop it/);
    await expect(database.open()).rejects.toBeInstanceOf(StoreRefusedError);
  });

  it('answers nothing more after it was closed', async () => {
    const store = await database.open();
    await store.close();
    await expect(store.ping()).rejects.toBeInstanceOf(ReadModelStoreUnavailableError);
    await expect(store.get('notes', 'a')).rejects.toBeInstanceOf(ReadModelStoreUnavailableError);
  });
});

describe('opening a read model store in MongoDB', () => {
  it('tells which host does not answer, without the password of the URL', async () => {
    const open = openMongoReadModelStore({
      url: 'mongodb://ada:hunter2@127.0.0.1:1/shop',
      access: 'read-only',
      patienceMs: 0,
    });
    await expect(open).rejects.toBeInstanceOf(ReadModelStoreUnavailableError);
    const message = await open.catch(String);
    expect(message).toContain('127.0.0.1:1');
    expect(message).not.toContain('hunter2');
  });

  it.each(['mongodb://ada:hunter2@', 'mongodb://ada:hunter2@host:port:port', 'http://ada:hunter2@host'])(
    'refuses %s without quoting it',
    async (url) => {
      const open = openMongoReadModelStore({ url, access: 'read-only' });
      await expect(open).rejects.toBeInstanceOf(StoreRefusedError);
      expect(await open.catch(String)).not.toContain('hunter2');
    },
  );
});
