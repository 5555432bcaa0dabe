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
import { freshServers, settingsFor, type FreshServers, type ServerUrls } from '../test-support/fresh-servers.js';
import {
  basketFile,
  expectStatus,
  HttpClient,
  realBaskets,
  Shop,
  tokenOf,
  until,
  useEngines,
  writeLines,
  type EngineProcess,
} from '../test-support/index.js';

const BASKETS = 24;
/** Eight to close all, and what the process may live on, on a machine that does other things as well. */
const STOP_SECONDS = 15;

type Way = keyof ServerUrls;

/** What readiness calls each. Without the bus and the index baskets are bought all the same, so these are cut first. */
const CHECKS = {
  bus: 'message-bus',
  search: 'search-index',
  readStore: 'read-store',
  eventStore: 'event-store',
} as const satisfies Record<Way, string>;
const WAYS = Object.keys(CHECKS) as Way[];

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
  describe('an engine on servers that come and go', () => {
    const engines = useEngines('all tests');
    const ways = new Map<Way, CuttableWay>();
    let servers: FreshServers;
    let env: Record<string, string>;
    beforeAll(async () => {
      servers = await freshServers(readStore, search, bus);
      const urls = { ...servers.urls };
      for (const name of WAYS) {
        const { way, url } = await proxied(`${name}-${servers.eventStore.port}`, urls[name]);
        ways.set(name, way);
        urls[name] = url;
      }
      env = { ...settingsFor(urls), DRAIN_SECONDS: '0' };
    }, 60_000);
    afterAll(async () => {
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

    describe('when its stores are away at its start', () => {
      it('answers 503, says which store it waits for, and sells once they have come', async () => {
        for (const way of ['eventStore', 'readStore'] as const) await wayTo(way).cut();
        const port = 20_000 + (servers.eventStore.port % 10_000);
        const waiting = engines.launch({ directory: engines.directory(), env: { ...env, PORT: String(port) } });
        const there = { url: `http://127.0.0.1:${port}` };
        const http = new HttpClient(there);
        await until('it answers', async () => (await http.call('GET', '/healthz')).status === 200, 60);
        // The events are opened before the keys of those whom they are about.
        for (const [name, way] of [
          ['event-store', 'eventStore'],
          ['key-store', 'readStore'],
        ] as const) {
          const refused = expectStatus(await http.call('POST', '/v1/carts', { body: { currency: 'USD' } }), 503);
          expect(refused.json).toMatchObject({ code: 'STORE.UNAVAILABLE', status: 503 });
          expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
          await until(`it knows that ${name} is away`, async () => name in (await checksOf(there)), 60);
          expect(await checksOf(there)).toEqual({ [name]: 'away since the start' });
          await wayTo(way).mend();
        }
        await until('it sells', async () => (await http.call('GET', '/readyz')).status === 200, 90);
        expectStatus(await http.call('POST', '/v1/carts', { body: { currency: 'USD' } }), 201);
        expect(waiting.ended).toBeUndefined();
        await waiting.kill();
      }, 240_000);
    });

    describe('when its connections to them are cut, slowed and restored', () => {
      let engine: EngineProcess;
      let http: HttpClient;
      beforeAll(async () => {
        engine = await engines.start({ env });
        http = new HttpClient(engine);
      }, 120_000);
      const open = () => http.call('POST', '/v1/carts', { body: { currency: 'USD' } });

      it('loses nothing of the baskets that are bought meanwhile', async () => {
        const shop = new Shop(engine);
        const admin = await tokenOf('admin');
        const cli = (...args: readonly string[]) => engines.cli(...args, '--url', engine.url, '--token', admin);
        const catalog = writeLines(engines.directory(), 'products.ndjson', realBaskets(BASKETS).products);
        const importing = cli('import', 'catalog', catalog, '--concurrency', '8');
        expect([await importing.end(180), importing.output]).toEqual([0, expect.stringContaining('0 refused')]);

        const replaying = cli(
          'replay-baskets',
          basketFile,
          '--catalog',
          catalog,
          '--limit',
          String(BASKETS),
          '--concurrency',
          '2',
        );
        for (const name of WAYS) {
          expect(replaying.ended).toBeUndefined();
          await wayTo(name).cut();
          await until(`readiness misses ${name}`, async () => (await checksOf(engine))[CHECKS[name]] !== 'ok', 30);
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

      it('answers 503 with Retry-After to writes while the event store is away, and goes on by itself', async () => {
        expectStatus(await open(), 201);
        await wayTo('eventStore').cut();
        const refused = expectStatus(await open(), 503);
        expect(refused.json['code']).toBe('STORE.UNAVAILABLE');
        expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
        await wayTo('eventStore').mend();
        await until('carts can be opened again', async () => (await open()).status === 201, 60);
      }, 240_000);

      it('answers writes in time, and goes on reading, while the event store stands still', async () => {
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

      it('ends in time, asked to stop while MongoDB and Elasticsearch take what they are sent and never answer', async () => {
        await wayTo('search').freeze();
        // The index waits for an answer when the stop comes, and so does what is let go in MongoDB at the end.
        await new Shop(engine).product({ sku: 'S-1', stock: 5 });
        await wayTo('readStore').freeze();
        engine.child.signal('SIGTERM');
        await engine.child.end(STOP_SECONDS);
        expect(engine.child.output).toContain('stopping: finishing what is under way');
      }, 120_000);
    });
  });
});
