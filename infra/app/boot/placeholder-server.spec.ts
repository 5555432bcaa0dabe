import { connect } from 'node:net';
import { DEFAULT_EDGE, type Config } from '../../config/index.js';
import { freePort } from '../test-support/free-port.js';
import { openPlaceholderServer, type PlaceholderServer } from './placeholder-server.js';

describe('what answers in the place of an engine that waits for a store', () => {
  let url: string;
  let placeholder: PlaceholderServer;
  beforeEach(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    placeholder = await openPlaceholderServer({ host: '127.0.0.1', port, edge: DEFAULT_EDGE } as Config, 'event-store');
  });
  afterEach(() => placeholder.close());

  it('reads addresses as long as the engine does', async () => {
    const answer = await fetch(`${url}/v1/products?q=${encodeURIComponent('ж'.repeat(10_000))}`);
    expect([answer.status, await answer.json()]).toMatchObject([503, { code: 'STORE.UNAVAILABLE' }]);
  });

  it('ends each connection with its answer, and finishes requests that have begun before it lets go of the port', async () => {
    expect((await fetch(`${url}/readyz`)).headers.get('connection')).toBe('close');
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await new Promise((sent) => socket.write('GET /healthz HTTP/1.1\r\n', sent));
    await fetch(`${url}/healthz`);
    const closed = placeholder.close();
    const said = new Promise<string>((resolve) => {
      let text = '';
      socket
        .setEncoding('utf8')
        .on('data', (part: string) => (text += part))
        .on('close', () => resolve(text));
    });
    socket.write('host: x\r\n\r\n');
    expect(await said).toMatch(/^HTTP\/1\.1 200 [^]*alive/);
    await closed;
    placeholder = await openPlaceholderServer(
      { host: '127.0.0.1', port: 0, edge: DEFAULT_EDGE } as Config,
      'event-store',
    );
  });
});
