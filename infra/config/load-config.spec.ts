import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config.js';
import { loadConfig } from './load-config.js';

const SECRET = randomBytes(32).toString('base64url');
const OPEN = { HOST: '0.0.0.0', PAYMENT_SANDBOX: '1' };
const webhookSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cartwright-config-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const load = (variables: Record<string, string> = {}) => loadConfig({ DATA_DIR: directory, ...variables });
const problemsOf = (variables: Record<string, string>): readonly string[] => {
  try {
    load(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  it('runs everything on loopback over SQLite when nothing is set', () => {
    const config = load();
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      rateLimit: null,
      seedDemo: true,
      cartAbandonedAfterDays: 30,
      sandboxDelayMs: 2000,
    });
    expect([...config.roles]).toEqual(['write-side', 'sagas', 'projections', 'read-api']);
    expect(config.eventStoreUrl).toBe(`sqlite:${directory}`);
  });

  it('has its variables in the table of the README, each of them and no other', () => {
    const read = new Set<string>();
    const set = {
      ...OPEN,
      DATA_DIR: directory,
      AUTH_SECRET: SECRET,
      EVENT_WEBHOOK_URL: 'https://hooks.example/cartwright',
      EVENT_WEBHOOK_SECRET: webhookSecret(),
    };
    const noted = new Proxy<Record<string, string>>(set, {
      get: (variables, name: string) => {
        read.add(name);
        return variables[name];
      },
    });
    loadConfig(noted);
    const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
    const [, table = ''] = /^\| variable .*\n\|.*\n((?:\|.*\n)+)/m.exec(readme) ?? [];
    const names = table.split('\n').flatMap((row) => row.split('|')[1]?.match(/[A-Z][A-Z_]+/g) ?? []);
    expect(names.sort()).toEqual([...read].sort());
  });

  it('takes the first word of the subjects on the bus from the path of its URL', () => {
    expect(load({ BUS_URL: 'nats://user:pw@a:4222,b:4222/shop-a' }).busRoot).toBe('shop-a');
    expect(load({ BUS_URL: 'nats://a:4222' }).busRoot).toBe('cartwright');
    expect(load().busRoot).toBe('cartwright');
  });

  it('makes secrets of its own once, for the owner alone, and keeps them', () => {
    const first = load();
    const again = load();
    expect(again.auth.secret).toBe(first.auth.secret);
    expect(again.serverSecret.equals(first.serverSecret)).toBe(true);
    expect(statSync(join(directory, 'auth.secret')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, 'server.secret'), 'utf8')).not.toBe(first.serverSecret.toString('base64url'));
  });

  it('has other secrets in another installation', () => {
    const other = mkdtempSync(join(tmpdir(), 'cartwright-config-'));
    expect(load({ DATA_DIR: other }).auth.secret).not.toBe(load().auth.secret);
    rmSync(other, { recursive: true });
  });

  it('refuses a reachable host without a secret or a JWKS', () => {
    expect(problemsOf(OPEN)).toHaveLength(1);
    expect(problemsOf({ ...OPEN, AUTH_SECRET: SECRET })).toEqual([]);
    expect(problemsOf({ ...OPEN, AUTH_JWKS_URL: 'https://id.example/jwks' })).toEqual([]);
  });

  it('takes only an http address for webhooks', () => {
    expect(load().webhookUrl).toBeNull();
    expect(load({ WEBHOOK_URL: 'http://127.0.0.1:3000/' }).webhookUrl).toBe('http://127.0.0.1:3000');
    expect(problemsOf({ WEBHOOK_URL: 'localhost:3000' })).toHaveLength(1);
  });

  it('takes no payments on a reachable host with the sandbox that everybody knows, unless it is told to', () => {
    const told = [expect.stringContaining('PAYMENT_SANDBOX=1')];
    expect(problemsOf({ HOST: '0.0.0.0', AUTH_SECRET: SECRET })).toEqual(told);
    expect(problemsOf({ HOST: '192.0.2.7', AUTH_SECRET: SECRET, PAYMENT_SANDBOX: '0' })).toEqual(told);
    expect(problemsOf({ HOST: '::', AUTH_SECRET: SECRET, ROLES: 'sagas' })).toEqual(told);
    expect(problemsOf({ HOST: '0.0.0.0', AUTH_SECRET: SECRET, ROLES: 'projections,read-api' })).toEqual([]);
    for (const HOST of ['127.0.0.1', '127.1.2.3', 'localhost', '::1']) expect(problemsOf({ HOST })).toEqual([]);
  });

  it('takes no notices of a carrier without a secret of its own', () => {
    expect(load().carrierWebhookSecrets).toBeNull();
  });

  describe.each(['AUTH_SECRET', 'SERVER_SECRET'])('%s', (name) => {
    it.each([
      [
        'of 31 bytes',
        randomBytes(31)
          .toString('latin1')
          .replace(/[^!-~]/g, 'k')
          .slice(0, 31),
      ],
      ['of one character', 'a'.repeat(64)],
      ['of few different ones', 'abcab'.repeat(10)],
      ['of a repeated piece', 'Kf93-xQ0z-71bW-'.repeat(3)],
      ['of a row of digits', '12345678901234567890123456789012'],
      ['of a row of hex digits', '0123456789abcdef0123456789abcdef'],
      ['that stands for another', 'changeme-before-this-goes-to-production-please'],
      ['that stands for another', 'CHANGE_THIS_8fa7c25e0b1d4c6f93ab6e2f'],
      ['that stands for another', 'your-secret-key-goes-right-over-here-ok'],
      ['of words that everybody knows', 'my-very-long-super-secret-password-1'],
      ['of words that everybody knows', 'secret-secret-password-admin-default-test'],
    ])('%s is refused, in a sentence that does not repeat it', (_title, secret) => {
      const problems = problemsOf({ [name]: secret });
      expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} (is shorter than|can be guessed)`))]);
      expect(problems[0]).not.toContain(secret);
    });

    it.each([
      randomBytes(32).toString('hex'),
      randomBytes(32).toString('base64'),
      randomBytes(24).toString('base64url'),
      'correct horse battery staple clip',
      '48210957316640285913570264819375',
    ])('that nobody would try is taken: %s', (secret) => {
      expect(problemsOf({ [name]: secret })).toEqual([]);
    });
  });

  describe('Stripe', () => {
    const STRIPE = {
      STRIPE_SECRET_KEY: 'sk_test_4eC39HqLyjWDarjtT1zdp7dc',
      STRIPE_WEBHOOK_SECRET: 'whsec_a9f8b7c6d5e4f3a2b1c0d9e8f7a6b5c4',
      STRIPE_RETURN_URL: 'https://shop.example/thanks',
    };

    it('takes payments where it is set up, also where others reach the engine without the sandbox', () => {
      const { stripe } = load({ ...STRIPE, HOST: '0.0.0.0', AUTH_SECRET: SECRET });
      expect(stripe).toEqual({
        secretKey: STRIPE.STRIPE_SECRET_KEY,
        webhookSecrets: [STRIPE.STRIPE_WEBHOOK_SECRET],
        returnUrl: STRIPE.STRIPE_RETURN_URL,
        apiUrl: 'https://api.stripe.com',
      });
      expect(load().stripe).toBeNull();
      const two = `${STRIPE.STRIPE_WEBHOOK_SECRET}, ${STRIPE.STRIPE_WEBHOOK_SECRET}x`;
      expect(load({ ...STRIPE, STRIPE_WEBHOOK_SECRET: two }).stripe?.webhookSecrets).toHaveLength(2);
      const local = { ...STRIPE, STRIPE_API_URL: 'http://127.0.0.1:12111' };
      expect(load(local).stripe?.apiUrl).toBe('http://127.0.0.1:12111');
    });

    it.each([
      [{ STRIPE_SECRET_KEY: 'pk_test_4eC39HqLyjWDarjtT1zdp7dc' }, 'STRIPE_SECRET_KEY is no secret key'],
      [{ STRIPE_SECRET_KEY: '' }, 'STRIPE_SECRET_KEY is not set'],
      [{ STRIPE_WEBHOOK_SECRET: '' }, 'needs a STRIPE_WEBHOOK_SECRET'],
      [{ STRIPE_WEBHOOK_SECRET: 'whsec_short' }, 'needs a STRIPE_WEBHOOK_SECRET'],
      [{ STRIPE_RETURN_URL: '' }, 'needs a STRIPE_RETURN_URL'],
      [{ STRIPE_RETURN_URL: 'javascript:alert(1)' }, 'needs a STRIPE_RETURN_URL'],
      [{ STRIPE_API_URL: 'http://proxy.example' }, 'STRIPE_API_URL is not an https URL'],
    ])('is refused half set up: %j', (wrong, problem) => {
      expect(problemsOf({ ...STRIPE, ...wrong })).toEqual([expect.stringContaining(problem)]);
    });
  });

  describe.each(['PAYMENT_WEBHOOK_SECRET', 'CARRIER_WEBHOOK_SECRET', 'EVENT_WEBHOOK_SECRET'])('%s', (name) => {
    const EVENT_WEBHOOK_URL = 'https://hooks.example/cartwright';
    const others = name.startsWith('EVENT') ? {} : { EVENT_WEBHOOK_SECRET: webhookSecret() };
    const secretsOf = (value: string) => {
      const { paymentWebhookSecrets, carrierWebhookSecrets, eventWebhook } = load({
        EVENT_WEBHOOK_URL,
        ...others,
        [name]: value,
      });
      if (name.startsWith('PAYMENT')) return paymentWebhookSecrets;
      return name.startsWith('CARRIER') ? carrierWebhookSecrets : eventWebhook?.secrets;
    };

    it.each([
      'x',
      'whsec_',
      'whsec_AA==',
      `whsec_${randomBytes(23).toString('base64')}`,
      `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
      `whsec_${Buffer.from('abcdefgh'.repeat(4)).toString('base64')}`,
      `${webhookSecret()} whsec_AA==`,
      randomBytes(32).toString('base64'),
    ])('%s is refused, in a sentence that does not repeat it', (weak) => {
      const problems = problemsOf({ EVENT_WEBHOOK_URL, ...others, [name]: weak });
      expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} can be guessed or is no webhook secret`))]);
      if (weak.length > 6) expect(problems[0]).not.toContain(weak);
    });

    it('may be a list, so that one can be replaced by another', () => {
      const [old, next] = [webhookSecret(), webhookSecret()];
      expect(secretsOf(next)).toEqual([next]);
      expect(secretsOf(`${next}, ${old}`)).toEqual([next, old]);
    });
  });

  it.each(['foo', 'ftp://id.example/jwks', 'https:', 'id.example/jwks', '//id.example'])(
    'refuses %s as the address of a JWKS',
    (url) => expect(problemsOf({ AUTH_JWKS_URL: url })).toEqual(['AUTH_JWKS_URL is not an http or https URL']),
  );

  it('signs no tokens itself where a JWKS is all that counts', () => {
    expect(load({ AUTH_JWKS_URL: 'https://id.example/jwks' }).auth.secret).toBeNull();
  });

  it('limits the rate on a reachable host by default', () => {
    expect(load({ ...OPEN, AUTH_SECRET: SECRET }).rateLimit).toEqual({ perSecond: 50 });
    expect(load({ RATE_LIMIT: '7' }).rateLimit).toEqual({ perSecond: 7 });
  });

  it('trusts the proxies that it is told by address or CIDR, and none otherwise', () => {
    expect(load().edge.trustedProxies).toEqual([]);
    expect(load({ TRUSTED_PROXIES: '10.0.0.0/8, ::1 ,' }).edge.trustedProxies).toEqual(['10.0.0.0/8', '::1']);
    for (const wrong of ['caddy', '10.0.0.0/33', '10.0.0/8', 'fd00::/129', '10.0.0.1/', '10.0.0.1/8/8', '*']) {
      expect(problemsOf({ TRUSTED_PROXIES: `10.0.0.1,${wrong}` })).toEqual([
        expect.stringContaining(`TRUSTED_PROXIES has ${wrong}:`),
      ]);
    }
  });

  it('lets in the origins that it is told as browsers send them', () => {
    expect(load().edge.corsOrigins).toEqual([]);
    const origins = ['https://shop.example', 'http://localhost:5173', '*'];
    expect(load({ CORS_ORIGINS: origins.join(', ') }).edge.corsOrigins).toEqual(origins);
    const wrong = ['https://shop.example/', 'shop.example', 'null', 'https://SHOP.example', 'https://shop.example:443'];
    for (const origin of [...wrong, 'https://*.example', 'ftp://shop.example']) {
      expect(problemsOf({ CORS_ORIGINS: origin })).toEqual([expect.stringContaining(`CORS_ORIGINS has ${origin}:`)]);
    }
  });

  it('tells every problem at once', () => {
    const problems = problemsOf({
      PORT: '99999',
      ROLES: 'write-side,baker',
      SEED_DEMO: 'maybe',
      EVENT_STORE_URL: 'redis://x',
    });
    expect(problems.map((line) => line.split(' ')[0])).toEqual(['PORT', 'ROLES', 'EVENT_STORE_URL', 'SEED_DEMO']);
  });

  it('posts events nowhere by default, and never without a secret that it was given', () => {
    expect(load().eventWebhook).toBeNull();
    const secret = webhookSecret();
    const url = 'https://hooks.example/cartwright';
    expect(load({ EVENT_WEBHOOK_URL: url, EVENT_WEBHOOK_SECRET: secret }).eventWebhook).toEqual({
      url,
      secrets: [secret],
      attempts: 10,
    });
    const told = [expect.stringContaining('EVENT_WEBHOOK_SECRET')];
    expect(problemsOf({ EVENT_WEBHOOK_URL: url })).toEqual(told);
    const wrong = { EVENT_WEBHOOK_URL: 'ftp://ada:pw@hooks.example', EVENT_WEBHOOK_SECRET: secret };
    expect(problemsOf(wrong)).toEqual(['EVENT_WEBHOOK_URL is not an http or https URL']);
  });
});
