import { Controller, Get, Module } from '@nestjs/common';
import { Agent, request } from 'undici';
import { once, type EventEmitter } from 'node:events';
import { connect } from 'node:net';
import { pino } from 'pino';
import { createHttpApp } from './create-http-app.js';

let answer: () => void;
let entered: () => void;

@Controller('v1/slow')
class Slow {
  @Get()
  async slow(): Promise<object> {
    entered();
    await new Promise<void>((resolve) => (answer = resolve));
    return { done: true };
  }
}
@Module({ controllers: [Slow] })
class SlowModule {}

const config = {
  auth: { secret: 'a secret for specs alone', issuer: null, audience: null, jwksUrl: null },
  rateLimit: null,
};
const options = { config, logger: pino({ level: 'silent' }), idOfSubject: async (subject: string) => subject };

describe('an app that closes', () => {
  const agent = new Agent({ keepAliveTimeout: 60_000 });
  afterAll(() => agent.destroy());

  /** A request that is under way while the app closes. */
  async function closing(closingPatienceMs: number) {
    const app = await createHttpApp(SlowModule, { ...options, closingPatienceMs });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as { port: number };
    const underWay = new Promise<void>((resolve) => (entered = resolve));
    const asked = request(`http://127.0.0.1:${port}/v1/slow`, { dispatcher: agent }).then(
      async ({ statusCode, body }) => ({ statusCode, json: await body.json() }),
      (error: Error) => error,
    );
    await underWay;
    let hasClosed = false;
    const closed = app.close().then(() => {
      hasClosed = true;
    });
    return { asked, closed, hasClosed: () => hasClosed };
  }

  it('finishes what is under way first, and then waits for nobody who keeps a connection open', async () => {
    const { asked, closed, hasClosed } = await closing(60_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasClosed()).toBe(false);
    answer();
    expect(await asked).toEqual({ statusCode: 200, json: { done: true } });
    await closed;
  });

  it('tells who comes meanwhile, on a connection of their own or behind what is under way, and finishes that', async () => {
    const app = await createHttpApp(SlowModule, options);
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as { port: number };
    const underWay = new Promise<void>((resolve) => (entered = resolve));
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    const asks = 'GET /v1/slow HTTP/1.1\r\nhost: x\r\n\r\n';
    socket.write(asks);
    await underWay;
    const closed = app.close();
    const refused = await fetch(`http://127.0.0.1:${port}/v1/slow`);
    expect(await refused.json()).toMatchObject({ status: 503, code: 'SERVER.STOPPING' });
    expect([refused.headers.get('connection'), refused.headers.get('retry-after')]).toEqual(['close', '1']);
    const behind = once(app.getHttpServer() as EventEmitter, 'request');
    socket.write(asks);
    await behind;
    const said = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (part: string) => (text += part)).on('close', () => resolve(text));
    });
    answer();
    const text = await said;
    expect(text).toMatch(
      /^HTTP\/1\.1 200 [^]*\{"done":true\}HTTP\/1\.1 503 [^]*connection: close[^]*SERVER\.STOPPING/i,
    );
    await closed;
  });

  it('does not wait for a connection on which nothing was ever sent', async () => {
    const app = await createHttpApp(SlowModule, { ...options, closingPatienceMs: 120_000 });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as { port: number };
    const isAccepted = once(app.getHttpServer() as EventEmitter, 'connection');
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await isAccepted;
    const isLetGo = once(socket, 'close');
    await app.close();
    await isLetGo;
  });

  it('cuts off what does not end', async () => {
    const { asked, closed } = await closing(50);
    await closed;
    expect(await asked).toBeInstanceOf(Error);
  });
});
