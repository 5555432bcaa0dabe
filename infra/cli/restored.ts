import { setTimeout as pause } from 'node:timers/promises';
import { requestRebuild } from '../engine/projections/index.js';
import { followRestoredLog } from '../relay/index.js';
import { resetSagaInstances } from '../engine/sagas/index.js';
import type { Config } from '../config/index.js';
import type { Accepted, LogKeeper } from '../event-store/index.js';
import type { Lease } from '../lease/index.js';
import type { DocumentStore } from '../document-store/index.js';
import type { ProjectionStore, ReadModelStore } from '../read-model-store/index.js';
import { openLogKeeper } from '../app/adapters.js';
import { Closers } from '../app/boot/closers.js';
import { projectionsLease, sagasLease } from '../app/stores/leases.js';
import { rebuildableModels } from '../app/reading/model-groups.js';
import { openProcessStore, openReadModelStore, openSearchIndex } from '../app/stores/stores.js';
import { CliError } from './cli-error.js';
import { existingInstallation, type Variables } from './model-access.js';
import type { Say } from './rebuild.js';

/** A holder that is silent for longer is gone. */
const PATIENCE_MS = 5_000;

/**
 * Says that the log was put back from a backup: gives it another id, so that what clients hold of the log before it is
 * refused, and has everything made from it rebuilt at the next start.
 * @throws CliError an engine is at work; StoreRefusedError the same, or the log cannot be used
 */
export async function restored(variables: Variables, say: Say): Promise<void> {
  const config = existingInstallation(variables);
  const closers = new Closers();
  try {
    const keeper = await openLogKeeper(config.eventStoreUrl);
    closers.add(() => keeper.close());
    const { readModelStore, processes } = await aloneWith(config, closers);
    const index = await openSearchIndex(config, 'read-write');
    closers.add(() => index.close());
    for (const { model, store } of rebuildableModels(readModelStore, index)) await rebuildAtStart(store, model);
    await resetSagaInstances(processes);
    await renameLog(keeper, processes, say);
    say('read models, search index and the sagas are made from the log at the next start');
  } finally {
    await closers.close();
  }
}

/** Accepts what is wrong with a log and cannot be mended. @throws as `restored` */
export async function accept(variables: Variables, what: Accepted): Promise<void> {
  const config = existingInstallation(variables);
  const closers = new Closers();
  try {
    const keeper = await openLogKeeper(config.eventStoreUrl);
    closers.add(() => keeper.close());
    await aloneWith(config, closers);
    await keeper.accept(what);
  } finally {
    await closers.close();
  }
}

async function renameLog(keeper: LogKeeper, processes: DocumentStore, say: Say): Promise<void> {
  const formerId = keeper.logId;
  const head = await keeper.head();
  const logId = await keeper.markRestored();
  say(`the log ends at ${head ?? 'its beginning'}; it was ${formerId} and is ${logId} from now on`);
  const place = await followRestoredLog(processes, { formerId, logId, head });
  if (place !== null) say(`the relay goes on after ${place}; what was published of lost events, nobody takes back`);
}

type Rebuildable = ReturnType<typeof rebuildableModels>[number];

/** What is not there yet is made anyway. */
async function rebuildAtStart(store: ProjectionStore, model: Rebuildable['model']): Promise<void> {
  const states = await store.collections();
  if (states.some(({ name }) => name === model.name)) await requestRebuild(store, model);
}

interface Stores {
  readonly readModelStore: ReadModelStore;
  readonly processes: DocumentStore;
}

/** Holds the leases meanwhile, so that no engine is at work and none begins. */
async function aloneWith(config: Config, closers: Closers): Promise<Stores> {
  const readModelStore = await openReadModelStore(config, 'read-write');
  closers.add(() => readModelStore.close());
  const processes = await openProcessStore(config);
  closers.add(() => processes.close());
  for (const lease of [projectionsLease(readModelStore), sagasLease(processes)]) {
    await take(lease);
    closers.add(() => lease.release());
  }
  return { readModelStore, processes };
}

async function take(lease: Lease): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (!(await lease.acquireOrRenew())) {
    if (performance.now() > giveUpAt) throw new CliError('an engine is at work on these stores: stop it first');
    await pause(250);
  }
}
