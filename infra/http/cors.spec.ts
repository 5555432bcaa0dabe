import { Controller, Get, Module, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { DEFAULT_EDGE } from '../config/index.js';
import { openHttpApp, type HttpApp } from './test-support/http-app.js';

const SHOP = 'https://shop.example';
const EXPOSED = 'ETag, Location, Consistency-Token, Retry-After, X-Request-Id, Traceresponse';

@Controller('v1/thing')
class Thing {
  @Get()
  get(): object {
    return {};
  }
  @Get('live')
  live(@Res() reply: FastifyReply): void {
    void reply.type('text/event-stream').send(Readable.from(['data: 1\n\n']));
  }
}
@Module({ controllers: [Thing] })
class ThingModule {}

let app: HttpApp;
afterEach(() => app.close());
const open = async (...corsOrigins: string[]) => {
  app = await openHttpApp(ThingModule, { corsOrigins }, {});
};
const ask = async (path: string, headers: Record<string, string>, method = 'GET') => {
  const answer = await fetch(app.url + path, { method, headers });
  const of = (name: string) => answer.headers.get(`access-control-${name}`);
  return { status: answer.status, allowed: of('allow-origin'), vary: answer.headers.get('vary'), of };
};
const preflight = (origin: string, method = 'POST') =>
  ask('/v1/thing', { origin, 'access-control-request-method': method }, 'OPTIONS');

describe('a page of an origin that is listed', () => {
  beforeEach(() => open(SHOP, 'http://localhost:5173'));

  it.each(['/v1/thing', '/v1/thing/live', '/v1/nothing', '/v1/%ff'])('reads the answer of %s', async (path) => {
    const answer = await ask(path, { origin: SHOP });
    expect([answer.allowed, answer.of('expose-headers')]).toEqual([SHOP, EXPOSED]);
    expect(answer.vary).toMatch(/\bOrigin\b/);
    expect(answer.of('allow-credentials')).toBeNull();
  });

  it('may send what the contract has, also a token', async () => {
    const answer = await preflight('http://localhost:5173', 'PATCH');
    expect([answer.status, answer.allowed]).toEqual([204, 'http://localhost:5173']);
    expect(answer.of('allow-methods')).toBe('GET, HEAD, POST, PUT, PATCH, DELETE');
    for (const name of ['Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match', 'Prefer']) {
      expect(answer.of('allow-headers')).toContain(name);
    }
    expect(answer.of('allow-headers')).toContain('Consistency-Token');
  });

  it.each([
    `${SHOP}.evil.example`,
    'http://shop.example',
    `${SHOP}:8443`,
    'https://sub.shop.example',
    'https://SHOP.example',
    'null',
  ])('is none at %s', async (origin) => {
    for (const answer of [await ask('/v1/thing', { origin }), await preflight(origin)]) {
      expect([answer.allowed, answer.of('allow-methods')]).toEqual([null, null]);
      expect(answer.vary).toMatch(/\bOrigin\b/);
    }
  });

  it('is told apart by caches from who asks without an origin', async () => {
    expect((await ask('/v1/thing', {})).vary).toMatch(/\bOrigin\b/);
  });
});

describe('a page of any origin, where * lets it in', () => {
  beforeEach(() => open('*', SHOP));

  it('has what needs no credential', async () => {
    expect((await ask('/v1/thing', { origin: 'https://other.example' })).allowed).toBe('*');
    const answer = await preflight('https://other.example');
    expect([answer.status, answer.allowed]).toEqual([204, '*']);
    expect(answer.of('allow-headers')).not.toContain('Authorization');
  });

  it('has nothing that a credential opened, and none without an origin has anything', async () => {
    const authorization = 'Bearer abc';
    expect((await ask('/v1/thing', { origin: 'https://other.example', authorization })).allowed).toBeNull();
    expect((await ask('/v1/thing', { origin: 'null' })).allowed).toBeNull();
    expect((await ask('/v1/thing', { origin: SHOP, authorization })).allowed).toBe(SHOP);
  });
});

describe('an engine that lists no origin', () => {
  it('says nothing of origins', async () => {
    await open();
    const answer = await ask('/v1/thing', { origin: SHOP });
    expect([answer.allowed, answer.vary ?? '']).toEqual([null, expect.not.stringMatching(/origin/i)]);
  });
});

describe('preflights', () => {
  it('are outside the rate limit, whose refusals can be read', async () => {
    app = await openHttpApp(
      ThingModule,
      {},
      {
        config: {
          auth: { secret: 's', jwksUrl: null, issuer: null, audience: null },
          rateLimit: { perSecond: 1 },
          edge: { ...DEFAULT_EDGE, corsOrigins: [SHOP] },
        },
      },
    );
    const preflights = await Promise.all(Array.from({ length: 10 }, () => preflight(SHOP)));
    expect(new Set(preflights.map(({ status }) => status))).toEqual(new Set([204]));
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask('/v1/thing', { origin: SHOP })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const { allowed } of refused) expect(allowed).toBe(SHOP);
  });
});
