import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, ROLES, type AuthConfig, type Config, type Role } from './config.js';
import { edgeOf } from './edge.js';
import { Environment } from './environment.js';
import { eventWebhookOf } from './event-webhook.js';
import { isGuessable } from './guessable.js';
import { derivedKey, secretFile, secretFileSeen } from './secrets.js';
import { stripeOf } from './stripe.js';
import { webhookSecretsOf } from './webhook-secret.js';

const LEAST_SECRET_BYTES = 32;
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|::1|\[::1\])$/;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The configuration that the environment describes. Makes the data directory and its secrets on first use.
 * @throws ConfigError with every problem that it found
 */
export const loadConfig = (variables: Variables): Config => configOf(variables, secretFile);

/** The same for who only looks: nothing is made, and a secret that is missing is made up. */
export const seeConfig = (variables: Variables): Config => configOf(variables, secretFileSeen);

function configOf(variables: Variables, secretOf: typeof secretFile): Config {
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
    edge: edgeOf(env),
    abuseLimits: env.flag('ABUSE_LIMITS', !loopback),
    cartAbandonedAfterDays: env.integer('CART_ABANDONED_AFTER_DAYS', 30, { min: 0, max: 36_500 }),
    seedDemo: env.flag('SEED_DEMO', true),
    sandboxDelayMs: env.integer('SANDBOX_DELAY_MS', 2_000, { min: 0, max: 20_000 }),
    carrierWebhookSecrets: webhookSecretsOf(env, 'CARRIER_WEBHOOK_SECRET'),
    stripe: stripeOf(env),
    webhookUrl: webhookUrlOf(env),
    logLevel: logLevelOf(env),
    pricingFile: env.text('PRICING_FILE'),
  };
  const given = webhookSecretsOf(env, 'PAYMENT_WEBHOOK_SECRET');
  checkAccess(env, loopback);
  checkElsewhere(env);
  if (!loopback && plain.stripe === null && isPaidHere(plain.roles)) checkSandbox(env);
  if (env.problems.length > 0) throw new ConfigError(env.problems);
  const serverSecret = derivedKey(env.text('SERVER_SECRET') ?? secretOf(dataDir, 'server.secret'), 'server');
  const derived = `whsec_${derivedKey(serverSecret, 'payment-webhooks').toString('base64')}`;
  return {
    ...plain,
    auth: authOf(env, () => secretOf(dataDir, 'auth.secret')),
    serverSecret,
    paymentWebhookSecrets: given ?? [derived],
  };
}

/** What can be meant, and is worth a second look at each start. */
export function warningsOf({ auth }: Pick<Config, 'auth'>): readonly string[] {
  if (auth.jwksUrl === null || auth.audience !== null) return [];
  return [
    'AUTH_AUDIENCE is not set: whatever token the issuer of AUTH_JWKS_URL makes for another program is taken too',
  ];
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

function webhookUrlOf(env: Environment): string | null {
  const text = env.text('WEBHOOK_URL');
  if (text === null) return null;
  if (isHttpUrl(text)) return text.replace(/\/+$/, '');
  env.problems.push(`WEBHOOK_URL is ${text}, not an http or https URL`);
  return null;
}

const isHttpUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

function logLevelOf(env: Environment): string {
  const level = env.text('LOG_LEVEL') ?? 'info';
  if (!LOG_LEVELS.includes(level)) env.problems.push(`LOG_LEVEL is ${level}, not one of ${LOG_LEVELS.join(', ')}`);
  return level;
}

function checkAccess(env: Environment, loopback: boolean): void {
  for (const name of ['AUTH_SECRET', 'SERVER_SECRET']) {
    const weakness = weaknessOf(env.text(name));
    if (weakness !== null) env.problems.push(`${name} ${weakness}; take ${LEAST_SECRET_BYTES} random bytes or more`);
  }
  const jwksUrl = env.text('AUTH_JWKS_URL');
  if (jwksUrl !== null && !isHttpUrl(jwksUrl)) env.problems.push('AUTH_JWKS_URL is not an http or https URL');
  if (!loopback && jwksUrl === null && env.text('AUTH_SECRET') === null) {
    env.problems.push('on a HOST that others can reach AUTH_SECRET or AUTH_JWKS_URL has to be set');
  }
}

const OTLP = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];
const CERTIFICATES = ['NODE_EXTRA_CA_CERTS', 'GRPC_DEFAULT_SSL_ROOTS_FILE_PATH'];

/** What libraries read, and would take in silence: nobody would see that no trace is sent, or a certificate not trusted. */
function checkElsewhere(env: Environment): void {
  for (const name of OTLP) {
    const url = env.text(name);
    // It is not repeated: a URL may hold credentials.
    if (url !== null && !isHttpUrl(url)) env.problems.push(`${name} is not an http or https URL`);
  }
  for (const name of CERTIFICATES) {
    const file = env.text(name);
    if (file !== null && !isReadable(file)) env.problems.push(`${name} is ${file}, a file that cannot be read`);
  }
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function weaknessOf(secret: string | null): string | null {
  if (secret === null) return null;
  if (Buffer.byteLength(secret) < LEAST_SECRET_BYTES) return `is shorter than ${LEAST_SECRET_BYTES} bytes`;
  return isGuessable(secret) ? 'can be guessed' : null;
}

const isPaidHere = (roles: ReadonlySet<Role>): boolean => roles.has('write-side') || roles.has('sagas');

/** The sandbox sells to whoever knows `tok_ok`, and the documentation tells it to everybody. */
function checkSandbox(env: Environment): void {
  if (env.flag('PAYMENT_SANDBOX', false)) return;
  env.problems.push(
    'payments go to the sandbox provider, which takes no money: set STRIPE_SECRET_KEY, or PAYMENT_SANDBOX=1 to run it on a HOST that others can reach',
  );
}

/** With a JWKS and no secret there is none: tokens signed by us would be a second way in. */
function authOf(env: Environment, makeSecret: () => string): AuthConfig {
  const jwksUrl = env.text('AUTH_JWKS_URL');
  const given = env.text('AUTH_SECRET');
  const secret = given ?? (jwksUrl === null ? makeSecret() : null);
  const origin = given === null ? 'generated' : 'set';
  return { secret, origin, jwksUrl, issuer: env.text('AUTH_ISSUER'), audience: env.text('AUTH_AUDIENCE') };
}
