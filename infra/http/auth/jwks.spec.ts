import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, SignJWT } from 'jose';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { DEFAULT_EDGE } from '../../config/index.js';
import { createHttpApp } from '../create-http-app.js';
import { OpsModule } from '../ops/ops.module.js';
import { KeysUnavailableError, RemoteKeys } from './remote-keys.js';
import { Roles, RolesGuard } from './roles.js';
import { KeyStoreUnavailableError } from '../../key-store/index.js';
import { TokenVerifier } from './token-verifier.js';

const SECRET = Buffer.from('a secret of this spec');
const idOfSubject = async (subject: string) => `the id of ${subject}`;
const MINUTE_MS = 60_000;

interface Pair {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
const pair = (kid: string): Pair => ({ kid, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) });
const [one, two] = [pair('k1'), pair('k2')];

let server: Server;
let jwksUrl: string;
let answer: RequestListener;
let asked = 0;
let now: number;

const giving =
  (...pairs: readonly Pair[]): RequestListener =>
  (_request, response) =>
    void Promise.all(
      pairs.map(async ({ kid, publicKey }) => ({ ...(await exportJWK(publicKey)), kid, alg: 'ES256' })),
    ).then((keys) => response.end(JSON.stringify({ keys })));

beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  now = Date.now();
  asked = 0;
  answer = giving(one);
});

const config = (url = jwksUrl) => ({ secret: null, jwksUrl: url, issuer: null, audience: null });
const verifierOf = (url?: string, onTrouble: (error: Error | null) => void = () => undefined) =>
  new TokenVerifier(config(url), idOfSubject, { now: () => now, onTrouble });
const signed = ({ kid, privateKey }: Pair, claims: Record<string, unknown> = {}) =>
  new SignJWT({ role: 'analyst', sub: 'eve', exp: Math.floor(now / 1000) + 3600, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid })
    .sign(privateKey);

const eve = { id: 'eve', role: 'analyst' };
const AWAY: readonly (readonly [string, RequestListener])[] = [
  ['answers 500', (_request, response) => response.writeHead(500).end()],
  ['answers HTML', (_request, response) => response.end('<html>Sign in</html>')],
  ['answers JSON that holds no keys', (_request, response) => response.end('{"keys":"none"}')],
  ['leads elsewhere', (_request, response) => response.writeHead(302, { location: '/' }).end()],
  ['hangs up', (request) => request.socket.destroy()],
];

describe('a token of an identity provider', () => {
  it.each(AWAY)('can be told neither good nor bad while the provider %s', async (_what, listener) => {
    answer = listener;
    await expect(verifierOf().verify(await signed(one))).rejects.toThrow(KeysUnavailableError);
  });

  it('can be told neither good nor bad where nobody is there, or nobody answers in time', async () => {
    await expect(verifierOf('http://127.0.0.1:9/jwks').verify(await signed(one))).rejects.toThrow(KeysUnavailableError);
    answer = () => undefined;
    const keys = new RemoteKeys({ url: jwksUrl, now: () => now, patienceMs: 20, onTrouble: () => undefined });
    await expect(keys.keyOf({ alg: 'ES256', kid: 'k1' }, { payload: '', signature: '' })).rejects.toThrow(
      KeysUnavailableError,
    );
  });

  it('is bad where the keys are there and none is its own, or the signature is not', async () => {
    expect(await verifierOf().verify(await signed(two))).toBeNull();
    expect(await verifierOf().verify(await signed({ ...two, kid: 'k1' }))).toBeNull();
    answer = giving();
    expect(await verifierOf().verify(await signed(one))).toBeNull();
  });

  it('is no reason to ask the provider where it is none of its tokens', async () => {
    answer = (_request, response) => response.writeHead(500).end();
    for (const text of [
      'garbage',
      'a.b.c',
      await new SignJWT({ sub: 'eve', role: 'analyst' }).setProtectedHeader({ alg: 'HS256' }).sign(SECRET),
    ]) {
      expect(await verifierOf().verify(text)).toBeNull();
    }
    expect(asked).toBe(0);
  });

  it('of a key that came after the others were read is good at once', async () => {
    const verifier = verifierOf();
    expect(await verifier.verify(await signed(one))).toEqual(eve);
    answer = giving(two);
    expect(await verifier.verify(await signed(two))).toEqual(eve);
  });

  it('of a key that was taken away is bad within a minute, though it was good before', async () => {
    const verifier = verifierOf();
    const token = await signed(one);
    expect(await verifier.verify(token)).toEqual(eve);
    expect(verifier.verify(token)).toEqual(eve);
    answer = giving(two);
    now += MINUTE_MS;
    expect(await verifier.verify(token)).toBeNull();
    expect(await verifier.verify(await signed(one))).toBeNull();
  });

  it('of a key that nobody has makes the provider be asked a few times only', async () => {
    const verifier = verifierOf();
    for (let count = 0; count < 50; count += 1) await verifier.verify(await signed(two, { jti: String(count) }));
    expect(asked).toBeLessThan(10);
    now += MINUTE_MS;
    const before = asked;
    await verifier.verify(await signed(two, { jti: 'later' }));
    expect(asked).toBeGreaterThan(before);
  });

  it('tells once that the provider is away, asks it no more for a while, and tells when it is back', async () => {
    const told: (string | null)[] = [];
    const verifier = verifierOf(undefined, (error) => told.push(error === null ? null : error.name));
    answer = (_request, response) => response.writeHead(500).end();
    const token = await signed(one);
    for (let count = 0; count < 3; count += 1) await expect(verifier.verify(token)).rejects.toThrow('it answers 500');
    expect(asked).toBe(1);
    answer = giving(one);
    now += 2_000;
    expect(await verifier.verify(token)).toEqual(eve);
    expect(told).toEqual(['KeysUnavailableError', null]);
  });
});

describe('the times of a token', () => {
  const inSeconds = (seconds: number) => Math.floor(now / 1000) + seconds;

  it.each([
    ['valid in 2 s, as the clock of the issuer may be ahead', { nbf: 2, iat: 2 }, true],
    ['valid in 60 s', { nbf: 60 }, false],
    ['over since a second', { exp: -1 }, false],
    ['over this very second', { exp: 0 }, false],
    ['over in 2 s', { exp: 2 }, true],
  ] as const)('%s', async (_title, times, isGood) => {
    const claims = Object.fromEntries(Object.entries(times).map(([name, seconds]) => [name, inSeconds(seconds)]));
    expect(await verifierOf().verify(await signed(one, claims))).toEqual(isGood ? eve : null);
  });

  it.each([{ exp: 'soon' }, { exp: null }, { nbf: '0' }, { iat: 'now' }, { sub: 7 }, { role: ['admin'] }])(
    'and other claims are of their types: %j is bad',
    async (claims) => expect(await verifierOf().verify(await signed(one, claims))).toBeNull(),
  );
});

@Controller('v1')
class Things {
  @Get('guarded')
  @Roles('analyst')
  @UseGuards(RolesGuard)
  guarded(): object {
    return {};
  }
  @Get('public')
  open(): object {
    return {};
  }
}
@Module({ imports: [OpsModule.of({ checks: [], registry: new Registry() })], controllers: [Things] })
class ThingsModule {}

const KEYS_AWAY = new KeyStoreUnavailableError('away');

describe.each([
  ['whose provider is away', 'AUTH.KEYS_UNAVAILABLE', { isProviderThere: false, isKeyStoreThere: true }],
  ['of a customer while the key store is away', 'STORE.UNAVAILABLE', { isProviderThere: true, isKeyStoreThere: false }],
])('a request with a token %s', (_title, code, { isProviderThere, isKeyStoreThere }) => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await createHttpApp(ThingsModule, {
      config: { auth: config(), rateLimit: null, edge: DEFAULT_EDGE },
      logger: pino({ level: 'silent' }),
      idOfSubject: isKeyStoreThere ? idOfSubject : () => Promise.reject(KEYS_AWAY),
    });
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.close());

  it('is answered 503 with Retry-After where the token counts, and as ever where it does not', async () => {
    if (!isProviderThere) answer = (_request, response) => response.writeHead(500).end();
    const headers = { authorization: `Bearer ${await signed(one, { role: 'customer' })}` };
    const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    const refused = await fetch(`${url}/v1/guarded`, { headers });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code });
    expect((await fetch(`${url}/v1/public`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/v1/guarded`)).status).toBe(401);
  });
});
