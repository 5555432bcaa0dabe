import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config.js';
import { loadConfig } from './load-config.js';

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
      sandboxDelayMs: 2000,
    });
    expect([...config.roles]).toEqual(['write-side', 'sagas', 'projections', 'read-api']);
    expect(config.eventStoreUrl).toBe(`sqlite:${directory}`);
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
    expect(problemsOf({ HOST: '0.0.0.0' })).toHaveLength(1);
    expect(problemsOf({ HOST: '0.0.0.0', AUTH_SECRET: 'a secret of some length' })).toEqual([]);
    expect(problemsOf({ HOST: '0.0.0.0', AUTH_JWKS_URL: 'https://id.example/jwks' })).toEqual([]);
  });

  it('takes only an http address for webhooks', () => {
    expect(load().webhookUrl).toBeNull();
    expect(load({ WEBHOOK_URL: 'http://127.0.0.1:3000/' }).webhookUrl).toBe('http://127.0.0.1:3000');
    expect(problemsOf({ WEBHOOK_URL: 'localhost:3000' })).toHaveLength(1);
  });

  it('takes notices of a carrier only under a secret of some length', () => {
    expect(load().carrierWebhookSecret).toBeNull();
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    expect(load({ CARRIER_WEBHOOK_SECRET: secret }).carrierWebhookSecret).toBe(secret);
    for (const weak of ['whsec_short', 'a secret of some length']) {
      expect(problemsOf({ CARRIER_WEBHOOK_SECRET: weak })).toEqual([expect.not.stringContaining(weak)]);
    }
  });

  it('signs no tokens itself where a JWKS is all that counts', () => {
    expect(load({ AUTH_JWKS_URL: 'https://id.example/jwks' }).auth.secret).toBeNull();
  });

  it('limits the rate on a reachable host by default', () => {
    expect(load({ HOST: '0.0.0.0', AUTH_SECRET: 'a secret of some length' }).rateLimit).toEqual({ perSecond: 50 });
    expect(load({ RATE_LIMIT: '7' }).rateLimit).toEqual({ perSecond: 7 });
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
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const url = 'https://hooks.example/cartwright';
    expect(load({ EVENT_WEBHOOK_URL: url, EVENT_WEBHOOK_SECRET: secret }).eventWebhook).toEqual({
      url,
      secret,
      attempts: 10,
    });
    const told = [expect.stringContaining('EVENT_WEBHOOK_SECRET')];
    expect(problemsOf({ EVENT_WEBHOOK_URL: url })).toEqual(told);
    expect(problemsOf({ EVENT_WEBHOOK_URL: url, EVENT_WEBHOOK_SECRET: 'whsec_short' })).toEqual(told);
    const wrong = { EVENT_WEBHOOK_URL: 'ftp://ada:pw@hooks.example', EVENT_WEBHOOK_SECRET: secret };
    expect(problemsOf(wrong)).toEqual(['EVENT_WEBHOOK_URL is not an http or https URL']);
  });
});
