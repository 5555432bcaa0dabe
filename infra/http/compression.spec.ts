import { Controller, Get, Module, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { request } from 'undici';
import { problem } from './index.js';
import { openHttpApp, type HttpApp } from './test-support/http-app.js';

const LONG = 'ö'.repeat(2_000);

@Controller('v1/things')
class Things {
  @Get('long')
  long(@Res({ passthrough: true }) reply: FastifyReply): object {
    void reply.header('etag', '"7"');
    return { text: LONG };
  }
  @Get('short')
  short(): object {
    return { text: 'short' };
  }
  @Get('refused')
  refused(): never {
    throw problem('CART.NOT_FOUND', LONG);
  }
  @Get('live')
  live(@Res() reply: FastifyReply): void {
    void reply.type('text/event-stream').send(Readable.from([`data: ${LONG}\n\n`]));
  }
  @Get('picture')
  picture(@Res() reply: FastifyReply): void {
    void reply.type('image/png').send(Buffer.alloc(5_000));
  }
}
@Module({ controllers: [Things] })
class ThingsModule {}

const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync, deflate: inflateSync } as const;

let app: HttpApp;
beforeAll(async () => {
  const document = { json: Buffer.from(JSON.stringify({ text: LONG })), yaml: Buffer.from(`text: ${LONG}`) };
  app = await openHttpApp(ThingsModule, {}, { document });
});
afterAll(() => app.close());

async function ask(path: string, accepted?: string, method: 'GET' | 'HEAD' = 'GET') {
  const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
  const answer = await request(app.url + path, { method, headers });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  return { status: answer.statusCode, headers: answer.headers, bytes, coding: answer.headers['content-encoding'] };
}

describe('an answer', () => {
  it.each(['br', 'gzip', 'deflate'] as const)(
    'of 1 KiB and more is packed as %s, and says the same',
    async (coding) => {
      for (const path of ['/v1/things/long', '/v1/things/refused', '/openapi.json', '/openapi.yaml']) {
        const plain = await ask(path);
        const packed = await ask(path, coding);
        expect([plain.coding, packed.coding, packed.status]).toEqual([undefined, coding, plain.status]);
        // A request has an id of its own, which a problem names.
        const same = (bytes: Buffer) => bytes.toString().replace(/request:[0-9a-f-]+/, '');
        expect(same(UNPACK[coding](packed.bytes))).toBe(same(plain.bytes));
        expect(packed.headers['content-length']).toBe(String(packed.bytes.length));
        expect(packed.headers.etag).toBe(plain.headers.etag);
        for (const { headers } of [plain, packed]) expect(headers.vary).toMatch(/\bAccept-Encoding\b/);
      }
    },
  );

  it('is packed from one buffer again and again alike', async () => {
    const [first, again] = [await ask('/openapi.json', 'gzip'), await ask('/openapi.json', 'gzip')];
    expect(again.bytes.equals(first.bytes)).toBe(true);
  });

  it('has the same headers for HEAD', async () => {
    const [get, head] = [await ask('/v1/things/long', 'gzip'), await ask('/v1/things/long', 'gzip', 'HEAD')];
    expect(head.bytes).toHaveLength(0);
    expect([head.coding, head.headers['content-length']]).toEqual(['gzip', get.headers['content-length']]);
  });

  it.each([
    ['is shorter', '/v1/things/short', 'gzip'],
    ['goes on', '/v1/things/live', 'gzip'],
    ['is packed by its nature', '/v1/things/picture', 'gzip'],
    ['is for who refuses it', '/v1/things/long', 'gzip;q=0, br;q=0, deflate;q=0'],
    ['is for who wants it as it is', '/v1/things/long', 'identity'],
  ])('that %s is not packed', async (_title, path, accepted) => {
    expect((await ask(path, accepted)).coding).toBeUndefined();
  });
});
