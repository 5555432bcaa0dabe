import { Body, Controller, Get, Module, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { toldByRevision } from './caching.js';
import { openHttpApp, type HttpApp } from './test-support/http-app.js';

@Controller('v1/things')
class Things {
  @Get('revised')
  revised(@Res({ passthrough: true }) reply: FastifyReply): object {
    toldByRevision(reply);
    void reply.header('etag', '"7"');
    return { version: 7 };
  }
  @Get('more-than-revised')
  more(@Res({ passthrough: true }) reply: FastifyReply): object {
    void reply.header('etag', '"7"').header('cache-control', 'no-cache');
    return { version: 7 };
  }
  @Post('revised')
  write(@Res({ passthrough: true }) reply: FastifyReply, @Body() _body: object): object {
    void reply.header('etag', '"7"');
    return { version: 7 };
  }
}
@Module({ controllers: [Things] })
class ThingsModule {}

let app: HttpApp;
beforeAll(async () => {
  app = await openHttpApp(ThingsModule, {}, { document: { json: Buffer.from('{}'), yaml: Buffer.from('') } });
});
afterAll(() => app.close());

async function ask(path: string, known?: string, method = 'GET') {
  const headers: Record<string, string> = known === undefined ? {} : { 'if-none-match': known };
  const answer = await fetch(app.url + path, { method, headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

describe('what a revision tells all of', () => {
  it.each(['"7"', 'W/"7"', '"zzz", "7"', 'W/"1",W/"7"', '*'])('is 304 for who has it as %s', async (known) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask('/v1/things/revised', known, method);
      expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', '"7"']);
      expect(answer.headers.get('content-length')).not.toBe('0');
    }
  });

  it.each([undefined, '"8"', '7', '"77"', '""', 'zzz'])('is answered to who has %s', async (known) => {
    expect(await ask('/v1/things/revised', known)).toMatchObject({ status: 200, text: '{"version":7}' });
  });

  it('is the description of the API too', async () => {
    const first = await ask('/openapi.json');
    expect(first.headers.get('cache-control')).toBe('no-cache');
    expect((await ask('/openapi.json', first.headers.get('etag') ?? '')).status).toBe(304);
  });
});

describe('an answer', () => {
  it('that can change without a new revision is never 304', async () => {
    expect((await ask('/v1/things/more-than-revised', '"7"')).status).toBe(200);
  });

  it('may not be kept where nobody said so, errors and writes included', async () => {
    for (const [path, method] of [
      ['/v1/things/revised', 'GET'],
      ['/v1/nothing', 'GET'],
      ['/v1/things/revised', 'POST'],
    ] as const) {
      expect((await ask(path, undefined, method)).headers.get('cache-control')).toBe('no-store');
    }
    expect((await ask('/v1/things/more-than-revised')).headers.get('cache-control')).toBe('no-cache');
  });
});
