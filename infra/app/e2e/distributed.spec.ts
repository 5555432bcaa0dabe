import { ELASTICSEARCH, MONGODB, NATS, onRealServers } from '../../test-support/servers/index.js';
import { DistributedShop, refusalsOf, standsBy } from '../test-support/distributed-shop.js';
import { freshServers, type FreshServers } from '../test-support/fresh-servers.js';
import {
  answeredOtherwise,
  basketFile,
  booksBalance,
  brokenPromises,
  expectStatus,
  HttpClient,
  realBaskets,
  Shop,
  Shoppers,
  tokenOf,
  until,
  useEngines,
  writeLines,
} from '../test-support/index.js';

const BASKETS = 18;
const JOURNEYS = 16;
/** A lease lapses after 3; its spec says so by a clock of its own. This machine may be busy. */
const TAKEOVER_SECONDS = 30;

await onRealServers([MONGODB, ELASTICSEARCH, NATS], ([readStore = '', search = '', bus = '']) => {
  describe('every role as two processes that share nothing but servers', () => {
    const engines = useEngines('all tests');
    let servers: FreshServers;
    let shops: DistributedShop;
    let shop: Shop;
    beforeAll(async () => {
      servers = await freshServers(readStore, search, bus);
      shops = await DistributedShop.start(engines, servers.urls);
      shop = new Shop(shops.gateway);
    }, 180_000);
    afterAll(async () => {
      await Promise.all(shops.all().map((process) => process.kill()));
      await shops.close();
      await servers.dispose();
    });

    it('sells real baskets although one process of each is killed half-way, and every number reconciles', async () => {
      const admin = await tokenOf('admin');
      const cli = (...args: readonly string[]) =>
        engines.cli(...args, '--url', shops.gateway.url, '--token', admin, '--concurrency', '8');
      const { products } = realBaskets(BASKETS);
      const catalog = writeLines(engines.directory(), 'products.ndjson', products);
      const importing = cli('import', 'catalog', catalog);
      expect([await importing.end(120), importing.output]).toEqual([0, expect.stringContaining('0 refused')]);

      const replaying = cli('replay-baskets', basketFile, '--catalog', catalog, '--limit', String(BASKETS));
      const sold = async (): Promise<number> => (await shop.report('day')).reduce((sum, { orders }) => sum + orders, 0);
      await until('some baskets are sold', async () => (await sold()) >= BASKETS / 3, 120);
      const killed = shops.oneOfEach();
      await Promise.all(killed.map((process) => process.kill()));
      await until('more baskets are sold without them', async () => (await sold()) >= (BASKETS * 2) / 3, 120);
      await Promise.all(killed.map((process) => process.start()));
      expect([await replaying.end(240), replaying.output]).toEqual([0, expect.stringContaining('difference zero')]);

      await booksBalance(shop, new Map(products.map(({ sku, stock }) => [sku, stock])));
      const hits = await shop.http.call('GET', '/v1/products?q=milk&limit=1');
      expect(expectStatus(hits, 200).json['total']).toBeGreaterThan(0);
    }, 600_000);

    it('refuses what a process that was paused past its lease writes late, and the other is at work meanwhile', async () => {
      const received = new Map([
        ['PLENTY', 1000],
        ['SCARCE', 20],
      ]);
      for (const [sku, stock] of received) await shop.product({ sku, stock });
      const shoppers = new Shoppers(shop, [...received.keys()]);
      const shopping = shoppers.go(JOURNEYS);
      await until('a third of the shoppers are on their way', () => shoppers.journeys.length > JOURNEYS / 3, 120);

      const sagas = shops.atWork('sagas');
      const paused = [
        { role: 'sagas', process: sagas },
        { role: 'projections', process: shops.atWork('projections') },
      ] as const;
      for (const { process } of paused) process.child.signal('SIGSTOP');
      for (const { role } of paused)
        await until(`${role} are taken over`, () => shops.hasPassed(role), TAKEOVER_SECONDS);
      expect((await shop.ended(await shop.buy([['PLENTY', 1]]), 60)).status).toBe('confirmed');
      // A busy machine may have made it late before.
      const before = refusalsOf(sagas);
      for (const { process } of paused) process.child.signal('SIGCONT');
      await shopping;

      // Woken, each finds its beat of the lease refused and stands by; only the sagas always have something left to store.
      await until('what the sagas write late is refused', () => refusalsOf(sagas) > before);
      for (const { role, process } of paused) await until(`${role} stand by`, () => standsBy(process, role), 30);
      await booksBalance(shop, received, 60);
      expect(await brokenPromises(shop, shoppers)).toEqual([]);
      expect(await answeredOtherwise(shop, shoppers.acknowledged)).toEqual([]);
      // What a woken process had asked before is out of time, and says that a store is away until it has asked again.
      for (const { url } of shops.all()) {
        const ready = async () => (await new HttpClient({ url }).call('GET', '/readyz')).status === 200;
        await until(`${url} is ready`, ready, 30);
      }
    }, 300_000);
  });
});
