import type { Config } from '../../config/index.js';
import { seeConfig, warningsOf } from '../../config/load-config.js';
import { fetchKeys } from '../../http/index.js';
import { directoryOf, isEmbedded } from '../../app/adapters.js';
import { checkPort } from '../../app/boot/listen.js';
import { readPricingFile } from '../../app/writing/pricing-policy.js';
import { directoryFindings } from './directory-findings.js';
import { attempt, well, wrong, type Finding } from './finding.js';
import { storeFindings } from './store-findings.js';

const LEAST_NODE = [20, 19];
const ANSWER_MS = 2_000;

/** What stands in the way of a start, or all that is well. Changes nothing. */
export async function doctor(variables: Readonly<Record<string, string | undefined>>): Promise<readonly Finding[]> {
  const findings = [nodeVersion()];
  const seen = await attempt('the environment', () => seeConfig(variables));
  findings.push(seen.finding);
  const config = seen.value;
  if (config === undefined) return findings;
  findings.push(...warningsOf(config).map((warning) => well(`the environment: ${warning}`)));
  findings.push((await attempt('the pricing policy', () => readPricingFile(config.pricingFile))).finding);
  findings.push(...(await tokenFindings(config)), await portFinding(config));
  const directories = await directoriesOf(config);
  findings.push(...directories);
  return directories.every(({ ok }) => ok) || isReadable(config)
    ? [...findings, ...(await storeFindings(config))]
    : findings;
}

/** The stores on engines can be looked at whatever the directory is like; files only where there is one. */
const isReadable = ({ eventStoreUrl }: Config): boolean => !isEmbedded(eventStoreUrl);

async function directoriesOf(config: Config): Promise<readonly Finding[]> {
  const { eventStoreUrl, keyStoreUrl, readStoreUrl, searchUrl } = config;
  const named = [eventStoreUrl, keyStoreUrl, readStoreUrl, searchUrl].filter(isEmbedded).map(directoryOf);
  const findings: Finding[] = [];
  for (const directory of new Set(named)) findings.push(...(await directoryFindings(directory)));
  return findings;
}

/** Whether tokens of an identity provider can be verified. */
async function tokenFindings({ auth: { jwksUrl } }: Config): Promise<readonly Finding[]> {
  if (jwksUrl === null) return [];
  return [(await attempt('the keys of AUTH_JWKS_URL', () => fetchKeys(jwksUrl))).finding];
}

/** A port that is taken by an engine of ours is no trouble, unless another is to be started. */
async function portFinding(config: Config): Promise<Finding> {
  const { host, port } = config;
  const free = await attempt(`${host}:${port} is free`, () => checkPort(config));
  if (free.finding.ok || !(await isEngine(host, port))) return free.finding;
  return well(`an engine answers at ${host}:${port}`);
}

async function isEngine(host: string, port: number): Promise<boolean> {
  const name = host.includes(':') ? `[${host}]` : host;
  try {
    const answer = await fetch(`http://${name}:${port}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) });
    return ((await answer.json()) as { readonly status?: unknown }).status === 'alive';
  } catch {
    return false;
  }
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  const line = `Node ${process.versions.node}`;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return well(line);
  return wrong(`${line}, but ${LEAST_NODE.join('.')} is the least`);
}
