import { isMongoHeartbeat, MONGODB, mongoUrl, onRealServer, SilentWay } from '../../test-support/servers/index.js';
import { notes, put, write } from '../test-support/contract/fixtures.js';
import { ReadModelStoreUnavailableError, type ReadModelStore } from '../read-model-store.js';
import { newMongoDatabase, type MongoDatabase } from './test-support/mongo-database.js';

await onRealServer(MONGODB, (url) => {
  describe('a read model store whose connections are forgotten on the way while heartbeats go on', () => {
    let database: MongoDatabase;
    let way: SilentWay;
    let store: ReadModelStore;
    beforeEach(async () => {
      database = await newMongoDatabase(url);
      way = await SilentWay.to(new URL(url).host, isMongoHeartbeat);
      store = await database.open({ url: mongoUrl(url, { host: way.address }) });
      await store.ensure(notes);
      await put(store, notes, [write('a', 1, { n: 1 })]);
      expect(way.silence()).toBeGreaterThan(0);
    });
    afterEach(async () => {
      await database.dispose();
      await way.close();
    });

    const isAway = (error: unknown): null => {
      expect(error).toBeInstanceOf(ReadModelStoreUnavailableError);
      return null;
    };

    it('ends every wait for it, and reads over new connections', async () => {
      let found = await store.get('notes', 'a').catch(isAway);
      while (found === null) found = await store.get('notes', 'a').catch(isAway);
      expect(found).toMatchObject({ doc: { n: 1 } });
    });

    it('ends every write to it, and writes over new connections', async () => {
      const commit = () => store.commitAll([{ collection: notes, writes: [write('a', 2, { n: 2 })] }]);
      while ((await commit().catch(isAway)) === null);
      expect((await store.get('notes', 'a'))?.doc).toEqual({ n: 2 });
    });

    it('says that it does not answer, and is closed, while nobody answers', async () => {
      const pinged = store.ping().catch(isAway);
      await store.close();
      expect(await pinged).toBeNull();
    });
  });
});
