import { isIP } from 'node:net';
import type { Environment } from './environment.js';

/** How the engine meets its clients: who they are, and what each of them may take. */
export interface EdgeConfig {
  /** Addresses and CIDRs of proxies: what they say in `X-Forwarded-For` of whom they pass on is believed. */
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may read answers; `*` stands for any, for what needs no credential. */
  readonly corsOrigins: readonly string[];
  /** Whether the page that shows the API is served. */
  readonly docs: boolean;
}

/** What holds where nothing is set. */
export const DEFAULT_EDGE: EdgeConfig = { trustedProxies: [], corsOrigins: [], docs: true };

/** Reads the settings of the edge. */
export function edgeOf(env: Environment): EdgeConfig {
  return {
    trustedProxies: trustedProxiesOf(env),
    corsOrigins: corsOriginsOf(env),
    docs: env.flag('DOCS', DEFAULT_EDGE.docs),
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
