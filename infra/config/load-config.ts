import { resolve } from 'node:path';
import { ConfigError, ROLES, type AuthConfig, type Config, type Role } from './config.js';
import { Environment } from './environment.js';
import { eventWebhookOf } from './event-webhook.js';
import { derivedKey, secretFile } from './secrets.js';
import { WEBHOOK_SECRET } from './webhook-secret.js';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|::1|\[::1\])$/;
const MIN_SECRET_LENGTH = 16;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/**
 * The configuration that the environment describes. Makes the data directory and its secrets on first use.
 * @throws ConfigError with every problem that it found
 */
export function loadConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const env = new Environment(variables);
  const host = env.text('HOST') ?? '127.0.0.1';
  const dataDir = resolve(env.text('DATA_DIR') ?? './data');
  const embedded = `sqlite:${dataDir}`;
  const loopback = LOOPBACK.test(host);
  const plain = {
    port: env.integer('PORT', 3000, { min: 0, max: 65_535 }),
    host,
    dataDir,
    roles: rolesOf(env),
    eventStoreUrl: env.url('EVENT_STORE_URL', ['sqlite', 'esdb', 'esdb+discover'], embedded),
    readStoreUrl: env.url('READ_STORE_URL', ['sqlite', 'mongodb', 'mongodb+srv'], embedded),
    searchUrl: env.url('SEARCH_URL', ['sqlite', 'http', 'https'], embedded),
    searchApiKey: env.text('SEARCH_API_KEY'),
    keyStoreUrl: env.url('KEY_STORE_URL', ['sqlite', 'mongodb', 'mongodb+srv'], embedded),
    busUrl: env.url('BUS_URL', ['memory', 'nats', 'tls'], 'memory:'),
    busRoot: /^\w+:\/\/[^/]+\/([\w-]+)$/.exec(env.text('BUS_URL') ?? '')?.[1] ?? 'cartwright',
    eventWebhook: eventWebhookOf(env),
    rateLimit: rateLimitOf(env, loopback),
    seedDemo: env.flag('SEED_DEMO', true),
    sandboxDelayMs: env.integer('SANDBOX_DELAY_MS', 2_000, { min: 0, max: 20_000 }),
    carrierWebhookSecret: carrierSecretOf(env),
    webhookUrl: webhookUrlOf(env),
    logLevel: logLevelOf(env),
    pricingFile: env.text('PRICING_FILE'),
  };
  checkSecrets(env, loopback);
  if (env.problems.length > 0) throw new ConfigError(env.problems);
  const serverSecret = derivedKey(env.text('SERVER_SECRET') ?? secretFile(dataDir, 'server.secret'), 'server');
  const webhooks = derivedKey(serverSecret, 'payment-webhooks').toString('base64');
  const paymentWebhookSecret = env.text('PAYMENT_WEBHOOK_SECRET') ?? `whsec_${webhooks}`;
  return { ...plain, auth: authOf(env, dataDir), serverSecret, paymentWebhookSecret };
}

function rolesOf(env: Environment): ReadonlySet<Role> {
  const names =
    env
      .text('ROLES')
      ?.split(',')
      .map((name) => name.trim()) ?? ROLES;
  const roles = ROLES.filter((role) => names.includes(role));
  if (roles.length !== names.length)
    env.problems.push(`ROLES is ${names.join(',')}, not a list out of ${ROLES.join(', ')}`);
  return new Set(roles);
}

function rateLimitOf(env: Environment, loopback: boolean): { readonly perSecond: number } | null {
  if (env.text('RATE_LIMIT') === 'off') return null;
  const perSecond = env.integer('RATE_LIMIT', loopback ? 0 : 50, { min: 0, max: 1_000_000 });
  return perSecond === 0 ? null : { perSecond };
}

function carrierSecretOf(env: Environment): string | null {
  const secret = env.text('CARRIER_WEBHOOK_SECRET');
  if (secret === null || WEBHOOK_SECRET.test(secret)) return secret;
  env.problems.push('CARRIER_WEBHOOK_SECRET is not whsec_ and the base64 of 24 to 64 random bytes');
  return null;
}

function webhookUrlOf(env: Environment): string | null {
  const text = env.text('WEBHOOK_URL');
  if (text === null) return null;
  if (/^https?:/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  env.problems.push(`WEBHOOK_URL is ${text}, not an http or https URL`);
  return null;
}

function logLevelOf(env: Environment): string {
  const level = env.text('LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.includes(level)) env.problems.push(`LOG_LEVEL is ${level}, not one of ${LOG_LEVELS.join(', ')}`);
  return level;
}

function checkSecrets(env: Environment, loopback: boolean): void {
  const secret = env.text('AUTH_SECRET');
  if (secret !== null && secret.length < MIN_SECRET_LENGTH) {
    env.problems.push(`AUTH_SECRET is shorter than ${MIN_SECRET_LENGTH} characters`);
  }
  if (!loopback && secret === null && env.text('AUTH_JWKS_URL') === null) {
    env.problems.push('on a HOST that others can reach AUTH_SECRET or AUTH_JWKS_URL has to be set');
  }
}

/** With a JWKS and no secret there is none: tokens signed by us would be a second way in. */
function authOf(env: Environment, dataDir: string): AuthConfig {
  const jwksUrl = env.text('AUTH_JWKS_URL');
  const secret = env.text('AUTH_SECRET') ?? (jwksUrl === null ? secretFile(dataDir, 'auth.secret') : null);
  return { secret, jwksUrl, issuer: env.text('AUTH_ISSUER'), audience: env.text('AUTH_AUDIENCE') };
}
