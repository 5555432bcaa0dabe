import { accessSync, constants } from 'node:fs';
import { ConfigError, type Config } from '../../config/index.js';
import { loadConfig } from '../../config/load-config.js';
import { isInstalled } from '../embedded-files.js';
import { loadPricingPolicy } from '../pricing.js';
import { openLog, openReadStore, openSearchIndex } from '../stores.js';

export interface Finding {
  readonly ok: boolean;
  readonly line: string;
}

const LEAST_NODE = [20, 19];

/** What stands in the way of a start, or all that is well. Opens the stores for reading only. */
export async function doctor(variables: Readonly<Record<string, string | undefined>>): Promise<readonly Finding[]> {
  const findings = [nodeVersion()];
  const config = await attempt('the environment', async () => loadConfig(variables));
  findings.push(config.finding);
  if (config.value === undefined) return findings;
  const { dataDir, pricingFile } = config.value;
  findings.push((await attempt('the pricing policy', async () => loadPricingPolicy(pricingFile))).finding);
  findings.push((await attempt(`${dataDir} can be written`, async () => accessSync(dataDir, constants.W_OK))).finding);
  return [...findings, ...(await storeFindings(config.value))];
}

async function storeFindings(config: Config): Promise<readonly Finding[]> {
  const { dataDir, eventStoreUrl, readStoreUrl, searchUrl } = config;
  if (!isInstalled(eventStoreUrl, 'events.db'))
    return [{ ok: true, line: `${dataDir} has no log yet: the first start makes it` }];
  const log = await attempt('the log opens', async () => {
    const opened = await openLog(config, 'read-only');
    await opened.events.ping();
    await opened.close();
  });
  if (!isInstalled(readStoreUrl, 'read.db') || !isInstalled(searchUrl, 'search.db'))
    return [log.finding, { ok: true, line: 'no read models yet: the next start builds them' }];
  const reads = await attempt('the read models open', async () => {
    const store = await openReadStore(config, 'read-only');
    await store.ping();
    await store.close();
  });
  const search = await attempt('the search index opens', async () => {
    const index = await openSearchIndex(config, 'read-only');
    await index.ping();
    await index.close();
  });
  return [log.finding, reads.finding, search.finding];
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  const ok = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  return { ok, line: `Node ${process.versions.node}${ok ? '' : `, but ${LEAST_NODE.join('.')} is the least`}` };
}

async function attempt<Value>(
  line: string,
  work: () => Promise<Value>,
): Promise<{ readonly finding: Finding; readonly value?: Value }> {
  try {
    return { finding: { ok: true, line }, value: await work() };
  } catch (error) {
    const problems =
      error instanceof ConfigError ? error.problems.join('; ') : error instanceof Error ? error.message : String(error);
    return { finding: { ok: false, line: `${line}: ${problems}` } };
  }
}
