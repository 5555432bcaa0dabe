import { startTestServer, type TestServer } from '../../event-store/eventstoredb/test-server/index.js';
import { freePort, GuardedWay, HttpClient, until, useEngines } from '../test-support/index.js';

describe('an event store that goes away while the engine starts', () => {
  const engines = useEngines();
  let server: TestServer;
  let way: GuardedWay;
  beforeEach(async () => {
    server = await startTestServer();
    // Requests are answered over the first connection; the thread of the projections makes one of its own.
    way = await GuardedWay.to(server.port, 1);
  });
  afterEach(async () => {
    await way.close();
    await server.close();
  });

  it('is waited for, also by the thread that keeps the read models', async () => {
    const port = await freePort();
    const env = { EVENT_STORE_URL: `esdb://127.0.0.1:${way.port}?tls=false`, PORT: String(port) };
    const engine = engines.launch({ directory: engines.directory(), env });
    const http = new HttpClient({ url: `http://127.0.0.1:${port}` });
    const checks = async () => (await http.call('GET', '/readyz').catch(() => null))?.json['checks'];
    await until('it waits', async () => JSON.stringify(await checks())?.includes('away since the start') === true, 60);
    expect(await checks()).toEqual({ 'event-store': 'away since the start' });
    way.open();
    await until('it is ready', async () => (await http.call('GET', '/readyz')).status === 200, 60);
    expect(engine.ended).toBeUndefined();
  }, 180_000);
});
