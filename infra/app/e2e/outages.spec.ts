import { join } from 'node:path';
import {
  ELASTICSEARCH,
  MONGODB,
  mongoUrl,
  NATS,
  onRealServers,
  openCuttableWay,
  TOXIPROXY,
  type CuttableWay,
} from '../../test-support/servers/index.js';
import { packageRoot } from '../boot/package-root.js';
import { freshServers, type FreshServers, type ServerUrls } from '../test-support/fresh-servers.js';
import { expectStatus, HttpClient, Shop, tokenOf, until, useEngines } from '../test-support/index.js';

const fixture = (name: string): string => join(packageRoot, 'infra/app/e2e/fixtures', name);
const BASKETS = 60;
/** Eight to close all, and what the process may live on, on a machine that does other things as well. */
const STOP_SECONDS = 15;

type Way = keyof ServerUrls;

/** The same URL by way of a proxy. */
async function proxied(name: string, url: string): Promise<{ readonly way: CuttableWay; readonly url: string }> {
  const { host } = new URL(url);
  const way = await openCuttableWay(name, host);
  return {
    way,
    url: url.startsWith('mongodb') ? mongoUrl(url, { host: way.address }) : url.replace(host, way.address),
  };
}

await onRealServers([MONGODB, ELASTICSEARCH, NATS, TOXIPROXY], ([readStore = '', search = '', bus = '']) => {
  describe('an engine whose connections to its stores are cut, slowed and restored', () => {
    const engines = useEngines();
    let servers: FreshServers;
    let ways: Map<Way, CuttableWay>;
    let env: Record<string, string>;
    beforeEach(async () => {
      servers = await freshServers(readStore, search, bus);
      ways = new Map();
      const urls = { ...servers.urls };
      for (const name of Object.keys(urls) as Way[]) {
        const { way, url } = await proxied(`${name}-${servers.eventStore.port}`, urls[name]);
        ways.set(name, way);
        urls[name] = url;
      }
      env = {
        EVENT_STORE_URL: urls.eventStore,
        READ_STORE_URL: urls.readStore,
        KEY_STORE_URL: urls.readStore,
        SEARCH_URL: urls.search,
        BUS_URL: urls.bus,
      };
    });
    afterEach(async () => {
      for (const way of ways.values()) await way.remove();
      await servers.dispose();
    });

    const wayTo = (name: Way): CuttableWay => {
      const way = ways.get(name);
      if (way === undefined) throw new Error(`there is no way to ${name}`);
      return way;
    };
    const checksOf = async (engine: { readonly url: string }): Promise<Readonly<Record<string, string>>> => {
      const { json } = await new HttpClient(engine).call('GET', '/readyz');
      return json['checks'] as Readonly<Record<string, string>>;
    };

    it('loses nothing of the baskets that are bought meanwhile', async () => {
      const engine = await engines.start({ env });
      const shop = new Shop(engine);
      const admin = await tokenOf('admin');
      const cli = (...args: readonly string[]) =>
        engines.cli(...args, '--url', engine.url, '--token', admin, '--concurrency', '8');
      const importing = cli('import', 'catalog', fixture('products.ndjson.gz'));
      expect([await importing.end(180), importing.output]).toEqual([0, expect.stringContaining('0 refused')]);

      const catalog = ['--catalog', fixture('products.ndjson.gz'), '--limit', String(BASKETS)];
      const replaying = cli('replay-baskets', fixture('baskets.ndjson.gz'), ...catalog);
      const missing = {
        eventStore: 'event-store',
        readStore: 'read-store',
        search: 'search-index',
        bus: 'message-bus',
      };
      for (const name of Object.keys(missing) as Way[]) {
        await wayTo(name).cut();
        await until(`readiness misses ${name}`, async () => (await checksOf(engine))[missing[name]] !== 'ok', 30);
        await wayTo(name).mend();
        await until(
          'all is well',
          async () => Object.values(await checksOf(engine)).every((check) => check === 'ok'),
          90,
        );
        await wayTo(name).slow(60);
        await until('it is slow and answers', async () => (await shop.report('day')).length >= 0, 60);
        await wayTo(name).mend();
      }
      expect([await replaying.end(240), replaying.output]).toEqual([0, expect.stringContaining('difference zero')]);
    }, 600_000);

    it.each<[string, Way]>([
      ['event-store', 'eventStore'],
      ['key-store', 'readStore'],
    ])(
      'starts when its %s comes, and says meanwhile what it waits for',
      async (name, way) => {
        await wayTo(way).cut();
        const port = 20_000 + (servers.eventStore.port % 10_000);
        const waiting = engines.launch({ directory: engines.directory(), env: { ...env, PORT: String(port) } });
        const there = { url: `http://127.0.0.1:${port}` };
        const http = new HttpClient(there);
        await until('it answers', async () => (await http.call('GET', '/healthz')).status === 200, 60);
        const refused = expectStatus(await http.call('POST', '/v1/carts', { body: { currency: 'USD' } }), 503);
        expect(refused.json).toMatchObject({ code: 'STORE.UNAVAILABLE', status: 503 });
        expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
        await until('it knows what is away', async () => !('stores' in (await checksOf(there))), 60);
        expect(await checksOf(there)).toEqual({ [name]: 'away since the start' });

        await wayTo(way).mend();
        await until('it sells', async () => (await http.call('GET', '/readyz')).status === 200, 90);
        expectStatus(await http.call('POST', '/v1/carts', { body: { currency: 'USD' } }), 201);
        expect(waiting.ended).toBeUndefined();
      },
      240_000,
    );

    it('answers 503 with Retry-After to writes while the event store is away, and goes on by itself', async () => {
      const engine = await engines.start({ env });
      const http = new HttpClient(engine);
      const open = () => http.call('POST', '/v1/carts', { body: { currency: 'USD' } });
      expectStatus(await open(), 201);
      await wayTo('eventStore').cut();
      const refused = expectStatus(await open(), 503);
      expect(refused.json['code']).toBe('STORE.UNAVAILABLE');
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      await wayTo('eventStore').mend();
      await until('carts can be opened again', async () => (await open()).status === 201, 60);
    }, 240_000);

    it('ends in time, asked to stop while MongoDB and Elasticsearch take what they are sent and never answer', async () => {
      const engine = await engines.start({ env: { ...env, DRAIN_SECONDS: '0' } });
      await wayTo('search').freeze();
      // The index waits for an answer when the stop comes, and so does what is let go in MongoDB at the end.
      await new Shop(engine).product({ sku: 'S-1', stock: 5 });
      await wayTo('readStore').freeze();
      engine.child.signal('SIGTERM');
      await engine.child.end(STOP_SECONDS);
      expect(engine.child.output).toContain('stopping: finishing what is under way');
    }, 120_000);

    it('answers writes in time, and goes on reading, while the event store stands still', async () => {
      const engine = await engines.start({ env });
      const http = new HttpClient(engine);
      const open = () => http.call('POST', '/v1/carts', { body: { currency: 'USD' } });
      expectStatus(await open(), 201);
      await wayTo('eventStore').freeze();
      const began = performance.now();
      const refused = expectStatus(await open(), 503);
      expect([refused.json['code'], refused.headers.get('retry-after')]).toEqual(['STORE.UNAVAILABLE', '2']);
      expect(performance.now() - began).toBeLessThan(30_000);
      const reads = Array.from({ length: 100 }, () => http.call('GET', '/v1/products'));
      const readsBegan = performance.now();
      for (const read of reads) expectStatus(await read, 200);
      expect(performance.now() - readsBegan).toBeLessThan(10_000);
      await wayTo('eventStore').mend();
      await until('carts can be opened again', async () => (await open()).status === 201, 60);
    }, 240_000);
  });
});
