import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { DEFAULT_EDGE } from '../config/index.js';
import { Clients } from './client-address.js';
import { createHttpApp } from './create-http-app.js';
import { OpsModule } from './ops/ops.module.js';
import { RateLimit } from './rate-limit.js';

@Controller('v1/thing')
class Thing {
  @Get()
  get(): object {
    return {};
  }
}
const registry = new Registry();
@Module({ imports: [OpsModule.of({ checks: [], registry })], controllers: [Thing] })
class ThingModule {}

const auth = { secret: 's', jwksUrl: null, issuer: null, audience: null };
const peer = (remoteAddress: string) => ({ headers: {}, socket: { remoteAddress } });

describe('the rate limit', () => {
  let app: NestFastifyApplication;
  let url: string;
  beforeEach(async () => {
    app = await createHttpApp(ThingModule, {
      config: {
        auth,
        rateLimit: { perSecond: 3 },
        edge: { ...DEFAULT_EDGE, trustedProxies: ['127.0.0.1'] },
      },
      logger: pino({ level: 'silent' }),
      idOfSubject: async (subject) => subject,
      registry,
    });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  });
  afterEach(async () => {
    await app.close();
    registry.clear();
  });

  /** Twelve at once; they may straddle the end of a second. */
  const twelve = (path: string, init?: RequestInit) =>
    Promise.all(Array.from({ length: 12 }, () => fetch(url + path, init)));

  it.each([
    ['a route', '/v1/thing', {}],
    ['nothing', '/v1/nothing', {}],
    ['a method that is not there', '/v1/thing', { method: 'PUT' }],
    ['an address that is too long', `/v1/thing?q=${'x'.repeat(140_000)}`, {}],
    ['an address that cannot be decoded', '/v1/%ff', {}],
  ])('answers 429 with Retry-After to who asks too often for %s', async (_title, path, init) => {
    const refused = (await twelve(path, init)).filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(6);
    expect(refused.length).toBeLessThanOrEqual(9);
    const [one] = refused;
    expect(one?.headers.get('retry-after')).toBe('1');
    expect(one?.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await one?.json()).toMatchObject({ status: 429, code: 'REQUEST.RATE_LIMITED' });
  });

  it('counts what it refuses, by the route that was asked for', async () => {
    const refused = (await twelve('/v1/thing')).filter(({ status }) => status === 429);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain(
      `cartwright_http_requests_total{method="GET",route="/v1/thing",status="429"} ${refused.length}\n`,
    );
  });

  it('never holds operations back', async () => {
    for (const { status } of await twelve('/healthz')) expect(status).toBe(200);
  });

  it('counts each client behind a trusted proxy by itself', async () => {
    const of = (client: number) => fetch(`${url}/v1/thing`, { headers: { 'x-forwarded-for': `203.0.113.${client}` } });
    for (const { status } of await Promise.all(Array.from({ length: 12 }, (_, client) => of(client)))) {
      expect(status).toBe(200);
    }
  });
});

describe('a second of the rate limit', () => {
  it('is counted for each client, and over for all at once', () => {
    let now = 0;
    const limit = new RateLimit({ perSecond: 2 }, new Clients([]), () => now);
    const asks = (address: string) => limit.refusalOf(peer(address)) === null;
    expect([asks('10.0.0.1'), asks('10.0.0.1'), asks('10.0.0.1'), asks('10.0.0.2')]).toEqual([true, true, false, true]);
    now = 999;
    expect(asks('10.0.0.1')).toBe(false);
    now = 1_000;
    expect(asks('10.0.0.1')).toBe(true);
  });

  it('ends also where the clock was set back', () => {
    let now = 1_000_000;
    const limit = new RateLimit({ perSecond: 1 }, new Clients([]), () => now);
    limit.refusalOf(peer('10.0.0.1'));
    now = 0;
    expect(limit.refusalOf(peer('10.0.0.1'))).toBeNull();
  });

  it('is one for all addresses of an IPv6 household', () => {
    const limit = new RateLimit({ perSecond: 1 }, new Clients([]), () => 0);
    expect(limit.refusalOf(peer('2001:db8:1:2::1'))).toBeNull();
    expect(limit.refusalOf(peer('2001:db8:1:2::2'))).not.toBeNull();
  });
});
