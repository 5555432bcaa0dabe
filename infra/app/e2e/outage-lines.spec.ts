import { startTestServer, type TestServer } from '../../event-store/eventstoredb/test-server/index.js';
import { HttpClient, until, useEngines } from '../test-support/index.js';

describe('an event store that goes away under an engine', () => {
  const engines = useEngines();
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(() => server.close());

  it('leaves one line in the log when it goes and one when it is back, however many ask meanwhile', async () => {
    const engine = await engines.start({ env: { EVENT_STORE_URL: server.url } });
    const http = new HttpClient(engine);
    const linesOf = (text: string): number => engine.child.output.split(text).length - 1;
    const open = () => http.call('POST', '/v1/carts', { body: { currency: 'USD' } });
    await server.faults.refuseConnections();
    await until('it is told', () => linesOf('event-store is away') > 0, 60);
    const asked = await Promise.all(Array.from({ length: 20 }, open));
    expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 503));
    await server.faults.acceptConnections();
    await until('its end is told', () => linesOf('event-store is back') > 0, 60);
    expect([linesOf('event-store is away'), linesOf('event-store is back')]).toEqual([1, 1]);
    expect(linesOf('STORE.UNAVAILABLE')).toBeLessThan(asked.length / 2);
  }, 180_000);
});
