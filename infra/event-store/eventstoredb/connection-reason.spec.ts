import dns from 'node:dns';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { mock } from 'node:test';
import { selfSignedCertificate } from '../../test-support/self-signed-certificate.js';
import { StoreUnavailableError } from '../../shared/store-errors.js';
import { withReason } from './connection-reason.js';

const certificate = selfSignedCertificate();
const servers: Server[] = [];
let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'cartwright-reason-'))));
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(directory, { recursive: true });
});

async function portOf(server: Server): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const plainServer = (take: (socket: Socket) => void): Promise<number> =>
  portOf(createServer((socket) => take(socket.on('error', () => {}))));

const tlsServer = (): Promise<number> =>
  portOf(createTlsServer({ ...certificate, ALPNProtocols: ['h2'] }).on('tlsClientError', () => {}));

async function closedPort(): Promise<number> {
  const port = await plainServer(() => {});
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));
  return port;
}

const SILENT = new StoreUnavailableError('no answer within 5000 ms');
const told = async (url: string): Promise<string> => ((await withReason(SILENT, url)) as Error).message;

describe('an event store of which the driver only says that it cannot be reached', () => {
  it.each(['', '?tls=false'])('is told to refuse connections (%s)', async (query) => {
    const port = await closedPort();
    const reason = `connect ECONNREFUSED 127.0.0.1:${port}`;
    expect(await told(`esdb://127.0.0.1:${port}${query}`)).toBe(`no answer within 5000 ms: ${reason}`);
  });

  it('is told to refuse them where its host has several addresses', async () => {
    const port = await closedPort();
    const addresses = [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ];
    const answer = (_host: string, _options: object, found: (error: null, all: object) => void): void =>
      found(null, addresses);
    const lookup = mock.method(dns, 'lookup', answer as typeof dns.lookup);
    const said = await told(`esdb://store.example:${port}?tls=false`);
    lookup.mock.restore();
    expect(said).toBe('no answer within 5000 ms: ECONNREFUSED');
  });

  it('is told to refuse them where its address is an IPv6 one', async () => {
    expect(await told(`esdb://[::1]:${await closedPort()}?tls=false`)).toMatch(/: connect E[A-Z]+ ::1:/);
  });

  it('is told to reset them', async () => {
    const port = await plainServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await told(`esdb://127.0.0.1:${port}`)).toBe('no answer within 5000 ms: read ECONNRESET');
  });

  it('is told to hang up', async () => {
    const port = await plainServer((socket) => socket.end());
    expect(await told(`esdb://127.0.0.1:${port}`)).toMatch(/: Client network socket disconnected before secure TLS/);
  });

  it('is told to speak no TLS', async () => {
    const port = await plainServer((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await told(`esdb://127.0.0.1:${port}`)).toMatch(/: .*wrong version number/);
  });

  it('is told to have a certificate that is not trusted, without credentials of its URL', async () => {
    const said = await told(`esdb+discover://me:secret@127.0.0.1:${await tlsServer()},127.0.0.1:1?tls=true`);
    expect(said).toBe('no answer within 5000 ms: self-signed certificate');
  });

  it('is told nothing more of where it can be connected to, its certificate trusted or not to be verified', async () => {
    const file = join(directory, 'ca.pem');
    writeFileSync(file, certificate.cert);
    const port = await tlsServer();
    for (const query of ['tls=false', `tlsCAFile=${file}`, 'tlsVerifyCert=false'])
      expect(await told(`esdb://localhost:${port}?${query}`)).toBe('no answer within 5000 ms');
  });

  it('is told nothing more of where no reason can be found', async () => {
    for (const url of [
      'esdb://host:port',
      `esdb://127.0.0.1:${await tlsServer()}?tlsCAFile=${join(directory, 'none.pem')}`,
    ])
      expect(await withReason(SILENT, url)).toBe(SILENT);
  });
});

describe('an error that', () => {
  it.each([
    ['has its reason', new StoreUnavailableError('14 UNAVAILABLE: name resolution failed')],
    ['is of another kind', new TypeError('Last error: null')],
  ])('%s stays as it is', async (_what, error) => {
    expect(await withReason(error, `esdb://127.0.0.1:${await closedPort()}?tls=false`)).toBe(error);
  });

  it.each([
    'Failed to connect before the deadline. Last error: null',
    'Failed to discover after 10 attempts.',
    '4 DEADLINE_EXCEEDED: Deadline exceeded after 5.0s',
    'no answer within 2000 ms',
  ])('says %j is given one, and is its cause', async (message) => {
    const error = new StoreUnavailableError(message);
    const said = await withReason(error, `esdb://127.0.0.1:${await closedPort()}?tls=false`);
    expect(said).toBeInstanceOf(StoreUnavailableError);
    expect(said).toMatchObject({ message: expect.stringMatching(/: connect ECONNREFUSED /), cause: error });
  });
});
