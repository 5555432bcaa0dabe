import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readModels } from '../../../projections/index.js';
import { checkRelayCursor } from '../../relay/index.js';
import { checkModels } from '../../engine/projections/index.js';
import { searchReadModel } from '../../../projections/search/index.js';
import { checkCursor } from '../../engine/sagas/index.js';
import type { Config } from '../../config/index.js';
import type { CollectionState } from '../../read-model-store/index.js';
import type { DocumentStore } from '../../document-store/index.js';
import { seeCollections, seeDocument } from '../../sqlite/documents/database-file.js';
import { seeBuilds } from '../../search-index/sqlite-fts5/index.js';
import {
  directoryOf,
  isEmbedded,
  openDocuments,
  openRawEventStore,
  openReadModels,
  PROCESSES_FILE,
} from '../../app/adapters.js';
import { checkKeys } from '../../app/stores/check-keys.js';
import { checkTimes } from '../../app/stores/check-times.js';
import { isInstalled } from '../../app/stores/embedded-files.js';

import { openLog, openSearchIndex, type Log } from '../../app/stores/stores.js';
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
  const readModelStore = { collections: () => collectionsOf(config) };
  const documents = documentsOf(config);
  const index = { collections: () => buildsOf(config) };
  const checks = [
    attempt('the read models open and follow this log', () => checkModels(readModels, { readModelStore, eventStore })),
    attempt('the search index opens and follows this log', () =>
      checkModels([searchReadModel], { readModelStore: index, eventStore }),
    ),
    attempt('the sagas and the relay follow this log', async () => {
      await checkCursor({ documents, eventStore });
      await checkRelayCursor({ documents, eventStore });
    }),
  ];
  const findings = (await Promise.all(checks)).map(({ finding }) => finding);
  const { readStoreUrl, searchUrl } = config;
  const isThere = isInstalled(readStoreUrl, 'read.db') && isInstalled(searchUrl, 'search.db');
  return isThere ? findings : [...findings, well('read models are missing: the next start builds them')];
}

async function collectionsOf({ readStoreUrl }: Config): Promise<readonly CollectionState[]> {
  if (isEmbedded(readStoreUrl)) return seen(join(directoryOf(readStoreUrl), 'read.db'), seeCollections);
  const store = await openReadModels(readStoreUrl, 'read-only');
  try {
    return await store.collections();
  } finally {
    await store.close();
  }
}

/** What the processes have noted, looked up without leaving anything behind. */
const documentsOf = ({ readStoreUrl }: Config): Pick<DocumentStore, 'get'> => ({
  async get<Doc>(collection: string, id: string): Promise<Doc | undefined> {
    if (isEmbedded(readStoreUrl)) {
      const path = join(directoryOf(readStoreUrl), PROCESSES_FILE);
      return seen(path, (file) => seeDocument<Doc>(file, collection, id))[0];
    }
    const store = await openDocuments(readStoreUrl, 'read-only');
    try {
      return await store.get<Doc>(collection, id);
    } finally {
      await store.close();
    }
  },
});

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
