import { EventEmitter, once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { RequestListener, Server } from 'node:http';
import { DEFAULT_EDGE, type EdgeConfig } from '../../config/index.js';
import { Clients } from '../client-address.js';
import { answerBrokenHttp } from '../problem-filter.js';
import { RateLimit } from '../rate-limit.js';
import { createEdgeServer } from './create-server.js';
import { Turns } from './turns.js';

let server: Server;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Milliseconds for all of a request; headers may take half of that. */
const SHORT = 100;

async function serve(handle: RequestListener, edge: Partial<EdgeConfig> = {}, limit?: number): Promise<void> {
  const clients = new Clients(edge.trustedProxies ?? []);
  const turns = new Turns();
  server = createEdgeServer(handle, {
    edge: { ...DEFAULT_EDGE, ...edge },
    clients,
    turns,
    ...(limit !== undefined && { timeLimits: timeLimitsOf(limit) }),
  });
  server.on('clientError', answerBrokenHttp({ rateLimit: new RateLimit(null, clients), turns }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

const timeLimitsOf = (requestTimeout: number) => ({
  headersTimeout: requestTimeout / 2,
  requestTimeout,
  keepAliveTimeout: 60_000,
  connectionsCheckingInterval: requestTimeout / 10,
});

async function open(text = ''): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8');
  sockets.push(socket.on('error', () => undefined));
  await once(socket, 'connect');
  if (text !== '') await new Promise((sent) => socket.write(text, sent));
  return socket;
}
const asks = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nhost: x\r\n${headers}\r\n`;
const isOpen = async (socket: Socket): Promise<boolean> => {
  socket.write(asks('/alive'));
  return Promise.race([once(socket, 'data').then(() => true), once(socket, 'close').then(() => false)]);
};

describe('requests on one connection', () => {
  it('are answered one after the other, however many were sent ahead', async () => {
    const begun: string[] = [];
    const finish: (() => void)[] = [];
    const begins = new EventEmitter();
    await serve((request, response) => {
      begun.push(request.url ?? '');
      finish.push(() => response.end(request.url));
      begins.emit('begun');
    });
    const socket = await open(['/1', '/2', '/3'].map((path) => asks(path)).join(''));
    for (const number of [1, 2, 3]) {
      if (finish.length < number) await once(begins, 'begun');
      expect(begun).toHaveLength(number);
      const said = once(socket, 'data');
      finish[number - 1]?.();
      expect(String(await said)).toContain(`/${number}`);
    }
  });

  it('are not answered ahead of who does not read', async () => {
    let answered = 0;
    await serve((_request, response) => {
      answered += 1;
      response.end('x'.repeat(4_000_000));
    });
    const socket = await open();
    socket.pause();
    socket.write(asks('/').repeat(50));
    await once(server, 'request');
    // One that reads is answered meanwhile, in as many pieces as it takes.
    const other = await open(asks('/other'));
    let length = 0;
    for await (const part of other) {
      length += String(part).length;
      if (length >= 4_000_000) break;
    }
    expect(answered).toBe(2);
  });

  it('that are more than anybody sends ahead cost the connection', async () => {
    await serve(() => undefined);
    const socket = await open(asks('/').repeat(200));
    await once(socket, 'close');
  });
});

describe('connections', () => {
  const alive: RequestListener = ({ url }, response) => void (url === '/slow' || response.end('alive'));

  it('of one client that are too many take the place of the one that has kept us waiting longest', async () => {
    await serve(alive, { connectionsPerClient: 2 });
    const [idle, unfinished] = [
      await open(),
      await open('POST /slow HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{'),
    ];
    const closed = once(idle, 'close');
    expect(await isOpen(await open())).toBe(true);
    await closed;
    const cut = once(unfinished, 'close');
    expect(await isOpen(await open())).toBe(true);
    await cut;
  });

  it('that are being answered are never cut off for another', async () => {
    await serve(alive, { connectionsPerClient: 2 });
    const asked = once(server, 'request');
    const busy = await open(asks('/slow'));
    await asked;
    await open();
    for (let count = 0; count < 5; count += 1) expect(await isOpen(await open())).toBe(true);
    expect(busy.destroyed).toBe(false);
  });

  it('of all clients are bounded too, and those of a trusted proxy by that alone', async () => {
    await serve(alive, { connectionsPerClient: 1, maxConnections: 3, trustedProxies: ['127.0.0.1'] });
    const [first, second] = [await open(), await open()];
    expect([await isOpen(first), await isOpen(second)]).toEqual([true, true]);
    await open();
    const closed = once(first, 'close');
    expect(await isOpen(await open())).toBe(true);
    await closed;
  });
});

describe('connections that come while others are answered', () => {
  it('are taken before the requests of those are', async () => {
    let answered = 0;
    await serve((_request, response) => {
      answered += 1;
      for (const until = performance.now() + 1; performance.now() < until;);
      response.end('alive');
    });
    const busy = await Promise.all(Array.from({ length: 50 }, () => open(asks('/'))));
    for (const socket of busy) socket.on('data', () => socket.write(asks('/')));
    await once(server, 'request');
    const before = answered;
    let taken = 0;
    const isTaken = new Promise<void>((resolve) => {
      server.on('connection', () => ((taken += 1) === 100 ? resolve() : undefined));
    });
    await Promise.all([isTaken, ...Array.from({ length: 100 }, () => open())]);
    expect(answered - before).toBeLessThan(100);
  });
});

describe('a request whose client has gone before its turn', () => {
  it('is not begun', async () => {
    const begun: string[] = [];
    await serve((request, response) => {
      begun.push(request.url ?? '');
      response.end('alive');
    });
    const socket = await open();
    server.prependOnceListener('request', (request) => request.socket.destroy());
    const gone = once(socket, 'close');
    socket.write(asks('/gone'));
    await gone;
    expect(await isOpen(await open())).toBe(true);
    expect(begun).toEqual(['/alive']);
  });
});

describe('a client that takes too long', () => {
  const readsAll: RequestListener = (request, response) => {
    request.resume().once('end', () => response.end('read'));
  };

  it.each([
    ['for the body of a request', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{'],
    ['for its headers', 'GET / HTTP/1.1\r\nhost: x\r\nslow: '],
  ])('%s, however often it sends a byte, is told so, and loses the connection', async (_what, begun) => {
    await serve(readsAll, {}, SHORT);
    const socket = await open(begun);
    const trickle = setInterval(() => socket.writable && socket.write('x'), SHORT / 10);
    let text = '';
    for await (const part of socket) text += String(part);
    clearInterval(trickle);
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 408 [^]*content-type: application\/problem\+json[^]*connection: close/);
    expect(JSON.parse(body)).toMatchObject({
      status: 408,
      code: 'REQUEST.TIMEOUT',
      title: 'The request took too long',
    });
  });
});

describe('an offer of another protocol', () => {
  const told: RequestListener = (_request, response) => void response.end('plain');

  it.each(['h2c', 'websocket'])('(%s) behind a request that is being answered is ignored', async (offer) => {
    await serve(told);
    server.on('upgrade', (_request, socket) => socket.destroy());
    const socket = await open(asks('/') + asks('/', `connection: upgrade\r\nupgrade: ${offer}\r\n`));
    let text = '';
    for await (const part of socket) {
      text += String(part);
      if (text.match(/plain/g)?.length === 2) break;
    }
    expect(text.match(/HTTP\/1\.1 200 /g)).toHaveLength(2);
  });

  it('of a WebSocket is taken, and not behind a request that is being answered', async () => {
    await serve(told);
    let taken = 0;
    server.on('upgrade', (_request, socket) => {
      taken += 1;
      socket.end();
    });
    const offer = asks('/', 'connection: upgrade\r\nupgrade: WebSocket\r\n');
    await once(await open(offer), 'close');
    expect(taken).toBe(1);
    const socket = await open(asks('/') + offer);
    let text = '';
    for await (const part of socket) {
      text += String(part);
      if (text.match(/plain/g)?.length === 2) break;
    }
    expect(taken).toBe(1);
  });
});
