import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readModels } from '../../../../projections/index.js';
import { checkRelayCursor } from '../../../../projections/relay/index.js';
import { checkModels } from '../../../../projections/runner/index.js';
import { searchReadModel } from '../../../../projections/search/index.js';
import { checkCursor } from '../../../../sagas/index.js';
import type { Config } from '../../../config/index.js';
import type { CollectionState } from '../../../read-store/index.js';
import { seeCollections } from '../../../read-store/sqlite/index.js';
import { seeBuilds } from '../../../search-index/sqlite-fts5/index.js';
import { directoryOf, isEmbedded, openDocuments, openRawEventStore } from '../../adapters.js';
import { checkKeys } from '../../check-keys.js';
import { checkTimes } from '../../check-times.js';
import { isInstalled } from '../../embedded-files.js';

import { openLog, openSearchIndex, type Log } from '../../stores.js';
import { attempt, well, wrong, type Finding } from './finding.js';

/** What the stores are like, and whether they belong together. Files are looked into and left as they are. */
export async function storeFindings(config: Config): Promise<readonly Finding[]> {
  const { eventStoreUrl, keyStoreUrl } = config;
  if (!isInstalled(eventStoreUrl, 'events.db')) {
    return [well(`${directoryOf(eventStoreUrl)} has no log yet: the first start makes it`)];
  }
  if (!isInstalled(keyStoreUrl, 'keys.db')) {
    // The first start makes both files.
    if (isEmbedded(eventStoreUrl)) return [wrong(missingKeys(keyStoreUrl))];
    return keylessFindings(config);
  }
  const opened = await attempt('the log opens, and the keys', async () => {
    const log = await openLog(config, 'read-only');
    await log.events.ping();
    await log.keys.ping();
    return log;
  });
  const log = opened.value;
  if (log === undefined) return [opened.finding];
  try {
    return [opened.finding, ...(await logFindings(log)), ...(await derivedFindings(config, log))];
  } finally {
    await log.close();
  }
}

const missingKeys = (keyStoreUrl: string): string =>
  `keys.db is missing in ${directoryOf(keyStoreUrl)}: put it back from the backup, or see \`accept --help\``;

/** A log that has no persons needs no keys yet; one that has persons has lost them. */
async function keylessFindings({ eventStoreUrl }: Config): Promise<readonly Finding[]> {
  const opened = await attempt('the log opens', async () => {
    const log = await openRawEventStore(eventStoreUrl, 'read-only');
    await log.ping();
    return log;
  });
  const log = opened.value;
  if (log === undefined) return [opened.finding];
  try {
    return [opened.finding, (await attempt('the keys belong to the log', () => checkKeys(log, null))).finding];
  } finally {
    await log.close();
  }
}

async function logFindings({ stored, keys }: Log): Promise<readonly Finding[]> {
  const times = await attempt("the log's times fit this machine's clock", () => checkTimes(stored));
  const fitting = await attempt('the keys belong to the log', () => checkKeys(stored, keys));
  return [times.finding, fitting.finding];
}

async function derivedFindings(config: Config, { stored: eventStore }: Log): Promise<readonly Finding[]> {
  const readStore = { collections: () => collectionsOf(config, 'read') };
  const processes = { collections: () => collectionsOf(config, 'processes') };
  const index = { collections: () => buildsOf(config) };
  const checks = [
    attempt('the read models open and follow this log', () => checkModels(readModels, { readStore, eventStore })),
    attempt('the search index opens and follows this log', () =>
      checkModels([searchReadModel], { readStore: index, eventStore }),
    ),
    attempt('the sagas and the relay follow this log', async () => {
      await checkCursor({ readStore: processes, eventStore });
      await checkRelayCursor({ readStore: processes, eventStore });
    }),
  ];
  const findings = (await Promise.all(checks)).map(({ finding }) => finding);
  const { readStoreUrl, searchUrl } = config;
  const isThere = isInstalled(readStoreUrl, 'read.db') && isInstalled(searchUrl, 'search.db');
  return isThere ? findings : [...findings, well('read models are missing: the next start builds them')];
}

type Space = 'read' | 'processes';

async function collectionsOf({ readStoreUrl }: Config, space: Space): Promise<readonly CollectionState[]> {
  if (isEmbedded(readStoreUrl)) return seen(join(directoryOf(readStoreUrl), `${space}.db`), seeCollections);
  const store = await openDocuments(readStoreUrl, 'read-only', space);
  try {
    return await store.collections();
  } finally {
    await store.close();
  }
}

async function buildsOf(config: Config): Promise<readonly CollectionState[]> {
  const named = (state: Omit<CollectionState, 'name'>): CollectionState => ({ ...state, name: searchReadModel.name });
  if (isEmbedded(config.searchUrl)) return seen(join(directoryOf(config.searchUrl), 'search.db'), seeBuilds).map(named);
  const index = await openSearchIndex(config, 'read-only');
  try {
    return (await index.builds()).map(named);
  } finally {
    await index.close();
  }
}

const seen = <State>(path: string, see: (path: string) => readonly State[]): readonly State[] =>
  existsSync(path) ? see(path) : [];
