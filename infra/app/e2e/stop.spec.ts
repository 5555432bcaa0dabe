import { startTestServer } from '../../event-store/eventstoredb/test-server/index.js';
import {
  booksBalance,
  brokenPromises,
  expectStatus,
  GuardedWay,
  HttpClient,
  Shop,
  Shoppers,
  until,
  useEngines,
} from '../test-support/index.js';

const STOP_SECONDS = 15;

describe('an engine that is asked to stop', () => {
  const engines = useEngines();

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s in the middle of a rush finishes it and ends in time',
    async (signal) => {
      const engine = await engines.start();
      const shop = new Shop(engine);
      const received = new Map([
        ['S-1', 500],
        ['S-2', 20],
      ]);
      for (const [sku, stock] of received) await shop.product({ sku, stock });
      const shoppers = new Shoppers(shop, [...received.keys()]);
      const shopping = shoppers.go(36);
      await until('the rush is on', () => shoppers.acknowledged.length >= 60);

      engine.child.signal(signal);
      expect(await engine.child.end(STOP_SECONDS)).toBe(0);
      expect(engine.child.stderr).not.toMatch(/"level":"(error|fatal)"/);

      await engine.start();
      await shopping;
      await booksBalance(shop, received);
      expect(await brokenPromises(shop, shoppers)).toEqual([]);
    },
    120_000,
  );

  it('serves everything while it drains, says so to who asks for readiness, and then ends', async () => {
    const engine = await engines.start({ env: { DRAIN_SECONDS: '3' } });
    const http = new HttpClient(engine);
    expectStatus(await http.call('GET', '/readyz'), 200);
    engine.child.signal('SIGTERM');
    await until('readiness says draining', async () => {
      const { status, json } = await http.call('GET', '/readyz');
      return status === 503 && json['status'] === 'draining';
    });
    expectStatus(await http.call('GET', '/healthz'), 200);
    expectStatus(await http.call('GET', '/v1/products'), 200);
    expectStatus(await http.call('POST', '/v1/carts', { body: { currency: 'USD' } }), 201);
    expect(engine.child.output).not.toContain('stopping: finishing what is under way');
    expect(await engine.child.end(STOP_SECONDS)).toBe(0);
    expect(engine.child.output).toContain('stopping: finishing what is under way');
  }, 120_000);

  it('ends in time also while its event store does not answer', async () => {
    const server = await startTestServer();
    const way = await GuardedWay.to(server.port, Infinity);
    const env = { EVENT_STORE_URL: `esdb://127.0.0.1:${way.port}?tls=false`, DRAIN_SECONDS: '0' };
    const engine = await engines.start({ env });
    await new Shop(engine).product({ sku: 'S-1', stock: 5 });
    way.silence();
    await until('readiness names it', async () => {
      const { json } = await new HttpClient(engine).call('GET', '/readyz');
      return JSON.stringify(json['checks']).includes('"event-store":"no answer in time"');
    });
    engine.child.signal('SIGTERM');
    await engine.child.end(STOP_SECONDS);
    expect(engine.child.output).toContain('stopping: finishing what is under way');
    await way.close();
    await server.close();
  }, 120_000);
});
