import { isIP } from 'node:net';
import type { Environment } from './environment.js';
import { mostOpenFiles } from './open-files.js';

/** How the engine meets its clients: who they are, and what each of them may take. */
export interface EdgeConfig {
  /** Addresses and CIDRs of proxies: what they say in `X-Forwarded-For` of whom they pass on is believed. */
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may read answers; `*` stands for any, for what needs no credential. */
  readonly corsOrigins: readonly string[];
  /** Whether the page that shows the API is served. */
  readonly docs: boolean;
  /** Whether the pages for support and admin are served. */
  readonly console: boolean;
  /** Most connections of all clients. */
  readonly maxConnections: number;
  /** Most connections of one client that is no trusted proxy. */
  readonly connectionsPerClient: number;
  /** Most live feeds that one client follows. */
  readonly liveFeedsPerClient: number;
  /** How long everything is served on SIGTERM before the end, while readiness says so. */
  readonly drainSeconds: number;
}

/** Files that the stores and the log need besides connections. */
const RESERVED_FILES = 256;
const MOST_CONNECTIONS = 8_192;

/** What holds where nothing is set. */
export const DEFAULT_EDGE: EdgeConfig = {
  trustedProxies: [],
  corsOrigins: [],
  docs: true,
  console: true,
  maxConnections: MOST_CONNECTIONS,
  connectionsPerClient: 512,
  liveFeedsPerClient: 100,
  drainSeconds: 5,
};

/** Reads the settings of the edge. */
export function edgeOf(env: Environment): EdgeConfig {
  return {
    trustedProxies: trustedProxiesOf(env),
    corsOrigins: corsOriginsOf(env),
    docs: env.flag('DOCS', DEFAULT_EDGE.docs),
    console: env.flag('CONSOLE', DEFAULT_EDGE.console),
    ...connectionsOf(env, mostOpenFiles()),
    liveFeedsPerClient: env.integer('LIVE_FEEDS_PER_CLIENT', DEFAULT_EDGE.liveFeedsPerClient, { min: 1, max: 100_000 }),
    drainSeconds: env.integer('DRAIN_SECONDS', DEFAULT_EDGE.drainSeconds, { min: 0, max: 600 }),
  };
}

function trustedProxiesOf(env: Environment): readonly string[] {
  const proxies = env.list('TRUSTED_PROXIES');
  const wrong = proxies.filter((proxy) => !isNetwork(proxy));
  if (wrong.length > 0) {
    env.problems.push(
      `TRUSTED_PROXIES has ${wrong.join(', ')}: each must be an IP address or a CIDR, such as 10.0.0.0/8 or fd00::/8`,
    );
  }
  return proxies;
}

/** Below what the process may have open: a connection that cannot be accepted is answered by nobody. */
function connectionsOf(
  env: Environment,
  files: number | null,
): Pick<EdgeConfig, 'maxConnections' | 'connectionsPerClient'> {
  const room = files === null ? MOST_CONNECTIONS : Math.max(Math.floor(files / 2), files - RESERVED_FILES);
  const most = { min: 16, max: Math.max(16, room) };
  const maxConnections = env.integer('MAX_CONNECTIONS', Math.min(MOST_CONNECTIONS, most.max), most);
  const share = Math.max(1, Math.min(DEFAULT_EDGE.connectionsPerClient, Math.floor(maxConnections / 2)));
  const connectionsPerClient = env.integer('CONNECTIONS_PER_CLIENT', share, { min: 1, max: maxConnections });
  return { maxConnections, connectionsPerClient };
}

function corsOriginsOf(env: Environment): readonly string[] {
  const origins = env.list('CORS_ORIGINS');
  const wrong = origins.filter((origin) => origin !== '*' && !isOrigin(origin));
  if (wrong.length > 0) {
    env.problems.push(
      `CORS_ORIGINS has ${wrong.join(', ')}: each must be * or an origin as browsers send it, such as ` +
        'https://shop.example or http://localhost:5173: no path, no slash at the end, no port that goes without saying',
    );
  }
  return origins;
}

const isOrigin = (text: string): boolean =>
  /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}
