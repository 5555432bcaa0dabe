import { EventEmitter, once } from 'node:events';
import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Controller, Get, Module, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { openHttpApp, type HttpApp } from './test-support/http-app.js';

/** Tells of each feed that has ended on the side of the server. */
const ended = new EventEmitter();

@Controller('v1/feed')
class Feed {
  @Get()
  follow(@Req() { headers, raw }: FastifyRequest, @Res() reply: FastifyReply): void {
    const { socket } = raw;
    reply.hijack();
    socket.once('close', () => ended.emit('feed'));
    if (headers.upgrade === undefined) return void reply.raw.writeHead(200).write('live');
    reply.raw.detachSocket(socket);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
  }

  @Get('snapshot')
  snapshot(): object {
    return {};
  }
}
@Module({ controllers: [Feed] })
class FeedModule {}

let app: HttpApp;
const sockets: Socket[] = [];
beforeEach(async () => {
  const edge = { liveFeedsPerClient: 2, trustedProxies: ['127.0.0.1'] };
  app = await openHttpApp(FeedModule, edge, { liveRoutes: ['/v1/feed'], closingPatienceMs: 0 });
  const server: Server = app.app.getHttpServer() as Server;
  server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
    socket.resume().once('end', () => socket.end());
    const response = new ServerResponse(request);
    response.assignSocket(socket);
    app.app.getHttpAdapter().getInstance().routing(request, response);
  });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await app.close();
});

const OFFER = 'connection: upgrade\r\nupgrade: websocket\r\n';
interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly client?: string;
  readonly headers?: string;
}

/** What a request is answered at first, on a connection that is then kept. */
async function ask({ method = 'GET', path = '/v1/feed', client = '203.0.113.1', headers = '' }: Asked = {}) {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1').setEncoding('utf8');
  sockets.push(socket);
  socket.write(`${method} ${path} HTTP/1.1\r\nhost: x\r\nx-forwarded-for: ${client}\r\n${headers}\r\n`);
  const [text] = (await once(socket, 'data')) as [string];
  return { socket, text, status: Number(text.slice(9, 12)) };
}

describe('the live feeds of one client', () => {
  it.each([
    ['as answers that go on', '', 200],
    ['on WebSockets', OFFER, 101],
  ])('%s are as many as it may have, and one more when one has been closed', async (_how, headers, status) => {
    const feeds = [await ask({ headers }), await ask({ headers })];
    expect(feeds.map((feed) => feed.status)).toEqual([status, status]);
    const refused = await ask({ headers });
    expect(refused.text).toMatch(/^HTTP\/1\.1 429 [^]*retry-after: 10\r\n[^]*"code":"REQUEST\.TOO_MANY_FEEDS"/);

    const closed = once(ended, 'feed');
    feeds[0]?.socket.destroy();
    await closed;
    expect((await ask({ headers })).status).toBe(status);
    expect((await ask({ headers })).status).toBe(429);
  });

  it('are counted together, whatever they come as', async () => {
    expect([(await ask()).status, (await ask({ headers: OFFER })).status]).toEqual([200, 101]);
    expect([(await ask()).status, (await ask({ headers: OFFER })).status]).toEqual([429, 429]);
  });

  it('keep no other client and no other route from being answered', async () => {
    for (let count = 0; count < 2; count += 1) await ask();
    expect((await ask({ client: '203.0.113.2' })).status).toBe(200);
    expect((await ask({ path: '/v1/feed/snapshot' })).status).toBe(200);
  });
});
