import { createHmac, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import type { AuthConfig } from '../../config/index.js';
import { accessTokenOf, isAccessToken } from './access-token.js';
import { mayTouchOrder } from './order-access.js';
import { signToken } from './sign-token.js';
import { TokenVerifier } from './token-verifier.js';

const SECRET = 'the signing secret of this spec';
const idOfSubject = async (subject: string) => `the id of ${subject}`;
const config = (more: Partial<AuthConfig> = {}): AuthConfig => ({
  secret: SECRET,
  jwksUrl: null,
  issuer: null,
  audience: null,
  ...more,
});
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const inAnHour = Math.floor(Date.now() / 1000) + 3600;
const honest = { sub: 'ada', role: 'admin', exp: inAnHour };

/** A token made by hand, honest or not. */
function token(claims: unknown, { secret = SECRET, header = { alg: 'HS256', typ: 'JWT' } as object } = {}): string {
  const head = `${encode(header)}.${encode(claims)}`;
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

describe('a bearer token', () => {
  const verify = async (text: string, more: Partial<AuthConfig> = {}) =>
    new TokenVerifier(config(more), idOfSubject).verify(text);

  it('names whose it is and their role', async () => {
    expect(await verify(token(honest))).toEqual({ id: 'ada', role: 'admin' });
    expect(await verify(await signToken({ role: 'support', sub: 'bob', ttl: 60 }, config()))).toEqual({
      id: 'bob',
      role: 'support',
    });
  });

  it('leads to a customer by the id that the shop has for the subject', async () => {
    const customer = { id: 'the id of ada', role: 'customer' };
    expect(await verify(token({ ...honest, role: 'customer' }))).toEqual(customer);
    const known = 'the id of ada';
    expect(await verify(token({ ...honest, role: 'customer', sub: known }))).not.toEqual(customer);
  });

  it('leads to staff by the subject, unless that is personal or reads like the id of somebody’s that was', async () => {
    const idOf = async (sub: string) => (await verify(token({ ...honest, sub })))?.id;
    for (const sub of ['bob', 'auth0|1234567890', '5f1c0d9e-8d5c-4a0e-9d8e-2f6f5a0c1b2d'])
      expect(await idOf(sub)).toBe(sub);
    const personal = [
      'bob@example.com',
      'AbC@clients',
      '+441632960001',
      'tel:+44-1632-960001',
      '0044 (1632) 960001',
      '7',
    ];
    for (const sub of [...personal, 'person-x']) expect(await idOf(sub)).toBe(`person-the id of ${sub}`);
  });

  it.each([
    ['without an end', token({ sub: 'ada', role: 'admin' })],
    ['that has expired', token({ ...honest, exp: inAnHour - 7200 })],
    ['that is not valid yet', token({ ...honest, nbf: inAnHour })],
    ['of another key', token(honest, { secret: 'not the secret' })],
    ['of an empty key', token(honest, { secret: '' })],
    ['without a subject', token({ role: 'admin', exp: inAnHour })],
    ['with an empty subject', token({ ...honest, sub: '' })],
    ['of an unknown role', token({ ...honest, role: 'root' })],
    ['with a list of roles', token({ ...honest, role: ['admin'] })],
    ['whose end is text', token({ ...honest, exp: 'never' })],
    ['whose claims are a list', token([1, 2, 3])],
    ['with alg none', `${encode({ alg: 'none' })}.${encode(honest)}.`],
    ['with alg None', `${encode({ alg: 'None' })}.${encode(honest)}.`],
    ['with another HMAC', token(honest, { header: { alg: 'HS512', typ: 'JWT' } })],
    ['with a critical extension', token(honest, { header: { alg: 'HS256', crit: ['x'], x: 1 } })],
    ['without a signature', token(honest).replace(/[^.]*$/, '')],
    ['with a shortened signature', token(honest).slice(0, -4)],
    ['of two parts', token(honest).split('.').slice(0, 2).join('.')],
    ['that is garbage', 'abc.def.ghi'],
    ['that is text', 'letmein'],
    ['that is very long', 'x'.repeat(6000)],
    ['of null parts', [1, 2, 3].map(() => encode(null)).join('.')],
  ])('%s is none', async (_title, text) => expect(await verify(text)).toBeNull());

  it('must come from the issuer and be for the audience where these are set', async () => {
    const strict = { issuer: 'https://id.example', audience: 'shop' };
    expect(await verify(token(honest), strict)).toBeNull();
    expect(await verify(token({ ...honest, iss: 'https://id.example' }), strict)).toBeNull();
    expect(await verify(token({ ...honest, iss: 'https://id.example', aud: ['shop', 'x'] }), strict)).toEqual({
      id: 'ada',
      role: 'admin',
    });
    expect(
      await verify(await signToken({ role: 'admin', sub: 'ada', ttl: 60 }, config(strict)), strict),
    ).not.toBeNull();
  });

  it('that was verified is known at once for a moment, and by what its holder is called then', async () => {
    let now = Date.now();
    let asked = 0;
    const verifier = new TokenVerifier(config(), async () => String((asked += 1)), { now: () => now });
    const text = token({ ...honest, role: 'customer' });
    expect(await verifier.verify(text)).toMatchObject({ id: '1' });
    expect(verifier.verify(text)).toMatchObject({ id: '1' });
    now += 31_000;
    expect(await verifier.verify(text)).toMatchObject({ id: '2' });
  });

  it('that was verified is known at once, until it expires', async () => {
    let now = Date.now();
    const verifier = new TokenVerifier(config(), idOfSubject, { now: () => now });
    const text = token(honest);
    expect(await verifier.verify(text)).toEqual({ id: 'ada', role: 'admin' });
    expect(verifier.verify(text)).toEqual({ id: 'ada', role: 'admin' });
    now = inAnHour * 1000;
    expect(await verifier.verify(text)).toBeNull();
  });

  describe('of a JWKS', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    let server: Server;
    let jwksUrl: string;
    beforeAll(async () => {
      const keys = [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }];
      server = createServer((_request, response) => response.end(JSON.stringify({ keys })));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    });
    afterAll(() => server.close());
    const signed = () =>
      new SignJWT({ role: 'analyst' })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .setSubject('eve')
        .setExpirationTime(inAnHour)
        .sign(privateKey);

    it('is verified with its key', async () => {
      expect(await verify(await signed(), { jwksUrl })).toEqual({ id: 'eve', role: 'analyst' });
    });

    it('is none where no JWKS counts, and a secret cannot stand in for its key', async () => {
      expect(await verify(await signed())).toBeNull();
      expect(await verify(token(honest), { secret: null, jwksUrl })).toBeNull();
      const asSecret = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      expect(await verify(token(honest, { secret: asSecret }), { secret: null, jwksUrl })).toBeNull();
    });
  });

  it('cannot be made where only a JWKS counts', async () => {
    await expect(signToken({ role: 'admin', sub: 'a', ttl: 1 }, config({ secret: null }))).rejects.toThrow(
      'AUTH_SECRET',
    );
  });
});

describe('an accessToken', () => {
  const secret = Buffer.from('server secret');
  const mine = accessTokenOf(secret, 'order-1');

  it('belongs to one order of one installation', () => {
    expect(mine).toMatch(/^[\w-]{43}$/);
    expect(isAccessToken(secret, 'order-1', mine)).toBe(true);
    expect(isAccessToken(secret, 'order-2', mine)).toBe(false);
    expect(isAccessToken(Buffer.from('another'), 'order-1', mine)).toBe(false);
    for (const bad of ['', mine.slice(1), `${mine}A`, mine.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))]) {
      expect(isAccessToken(secret, 'order-1', bad)).toBe(false);
    }
  });

  it.each([
    ['its accessToken', { principal: null, accessToken: mine }, true],
    ["another order's accessToken", { principal: null, accessToken: accessTokenOf(secret, 'order-2') }, false],
    ['its customer', { principal: { id: 'ada', role: 'customer' }, accessToken: null }, true],
    ['another customer', { principal: { id: 'eve', role: 'customer' }, accessToken: null }, false],
    ['a stranger of the same name', { principal: { id: 'ada', role: 'analyst' }, accessToken: null }, false],
    ['support', { principal: { id: 's', role: 'support' }, accessToken: null }, true],
    ['admin', { principal: { id: 'a', role: 'admin' }, accessToken: null }, true],
    ['nobody', { principal: null, accessToken: null }, false],
  ] as const)('or what else opens an order: %s', (_title, credential, may) => {
    expect(mayTouchOrder(credential, { orderId: 'order-1', customerId: 'ada' }, secret)).toBe(may);
  });

  it("of nobody's order is not opened by a customer without a name", () => {
    const credential = { principal: { id: 'ada', role: 'customer' }, accessToken: null } as const;
    expect(mayTouchOrder(credential, { orderId: 'order-1' }, secret)).toBe(false);
  });
});
