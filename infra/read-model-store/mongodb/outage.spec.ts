import { randomBytes } from 'node:crypto';
import {
  MONGODB,
  mongoUrl,
  onRealServers,
  openCuttableWay,
  TOXIPROXY,
  type CuttableWay,
} from '../../test-support/servers/index.js';
import { checkpointAt, notes, write } from '../test-support/contract/fixtures.js';
import type { Checkpoint } from '../../shared/position.js';
import { type ReadModelStore, ReadModelStoreUnavailableError } from '../read-model-store.js';
import { newMongoDatabase, type MongoDatabase } from './test-support/mongo-database.js';

const PAGES = 12;
const A_PAGE = 200;

const idsOf = (page: number): string[] => Array.from({ length: A_PAGE }, (_, n) => `p${page}-${n}`);

const isAway = (error: unknown): boolean => {
  expect(error).toBeInstanceOf(ReadModelStoreUnavailableError);
  return true;
};

await onRealServers([MONGODB, TOXIPROXY], ([url = '']) => {
  describe('a read model store over a connection that is cut', () => {
    let database: MongoDatabase;
    let way: CuttableWay;
    let direct: ReadModelStore;
    let store: ReadModelStore;
    beforeEach(async () => {
      database = await newMongoDatabase(url);
      way = await openCuttableWay(`mongo-${randomBytes(4).toString('hex')}`, new URL(url).host);
      direct = await database.open();
      store = await database.open({ url: mongoUrl(url, { host: way.address }) });
      await direct.ensure(notes);
    });
    afterEach(async () => {
      await way.remove();
      await database.dispose();
    });

    it('shows no checkpoint without its documents, and comes to the same when every page is repeated', async () => {
      const incomplete: number[] = [];
      const over = { is: false };
      const watching = (async () => {
        while (!over.is) {
          const page = Number((await direct.checkpoint('notes'))?.position ?? 0);
          if (page > 0 && (await direct.getMany('notes', idsOf(page))).size < A_PAGE) incomplete.push(page);
        }
      })();
      let expected: Checkpoint | null = null;
      let failures = 0;
      for (let page = 1; page <= PAGES; page += 1) {
        const next = checkpointAt(page);
        const writes = [...idsOf(page).map((id) => write(id, page, { page })), write('sum', page, { page })];
        let isDone = false;
        while (!isDone) {
          const committing = store.commit(notes, writes, { expected, next }).then(() => true);
          if (page % 2 === 0 && failures < page) await way.cut().then(() => way.mend());
          isDone = await committing.catch((error: unknown) => !isAway(error));
          if (!isDone) failures += 1;
        }
        expected = next;
      }
      over.is = true;
      await watching;
      expect(incomplete).toEqual([]);
      expect(failures).toBeGreaterThan(0);
      expect((await direct.get('notes', 'sum'))?.doc).toEqual({ page: PAGES });
      expect(await direct.checkpoint('notes')).toEqual(checkpointAt(PAGES));
      for (let page = 1; page <= PAGES; page += 1) {
        expect((await direct.getMany('notes', idsOf(page))).size).toBe(A_PAGE);
      }
    });

    it('says within seconds that the server is away, and answers again when it is back', async () => {
      await direct.commitAll([{ collection: notes, writes: [write('a', 1, { n: 1 })] }]);
      expect((await store.get('notes', 'a'))?.doc).toEqual({ n: 1 });
      await way.cut();
      const began = performance.now();
      await Promise.all(
        [store.get('notes', 'a'), store.checkpoint('notes'), store.ping()].map((call) =>
          expect(call).rejects.toBeInstanceOf(ReadModelStoreUnavailableError),
        ),
      );
      expect(performance.now() - began).toBeLessThan(10_000);
      await way.mend();
      let found = await store.get('notes', 'a').catch(isAway);
      while (found === true) found = await store.get('notes', 'a').catch(isAway);
      expect(found).toMatchObject({ doc: { n: 1 } });
    });

    it('is opened by one who was there before the server', async () => {
      await way.cut();
      const opening = database.open({ url: mongoUrl(url, { host: way.address }) });
      await way.mend();
      await expect((await opening).ping()).resolves.toBeUndefined();
    });
  });
});
