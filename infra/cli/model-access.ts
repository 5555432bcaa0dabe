import type { Config } from '../config/index.js';
import { loadConfig } from '../config/load-config.js';
import { createLeaderElection } from '../lease/index.js';
import type { AnyReadModel } from '../engine/projections/read-model.js';
import { runAttended } from '../engine/projections/index.js';
import { directoryOf } from '../app/adapters.js';
import { Closers } from '../app/boot/closers.js';
import { isInstalled } from '../app/stores/embedded-files.js';
import { createLogger } from '../app/boot/logger.js';
import { projectionsLease } from '../app/stores/leases.js';
import { modelGroups, type ModelGroup } from '../app/reading/model-groups.js';
import { openLog, openReadModelStore, openSearchIndex } from '../app/stores/stores.js';
import { CliError } from './cli-error.js';

export type Variables = Readonly<Record<string, string | undefined>>;

/** One read model, with what it is made from and kept in. */
export interface ModelAccess extends Pick<ModelGroup, 'eventStore' | 'readModelStore'> {
  readonly model: AnyReadModel;
}

/** The configuration of an installation that has a log. @throws CliError there is none */
export function existingInstallation(variables: Variables): Config {
  const config = loadConfig(variables);
  if (!isInstalled(config.eventStoreUrl, 'events.db'))
    throw new CliError(`${directoryOf(config.eventStoreUrl)} has no log (DATA_DIR, EVENT_STORE_URL)`);
  return config;
}

/** Opens the stores of the installation beside an engine that may be running, for as long as the work lasts. */
export async function withModels<Result>(
  variables: Variables,
  work: (models: readonly ModelAccess[]) => Promise<Result>,
): Promise<Result> {
  const config = existingInstallation(variables);
  const closers = new Closers();
  try {
    const log = await openLog(config, 'read-only');
    closers.add(() => log.close());
    const readModelStore = await openReadModelStore(config, 'read-write');
    closers.add(() => readModelStore.close());
    const index = await openSearchIndex(config, 'read-write');
    closers.add(() => index.close());
    const groups = modelGroups({ log, readModelStore, index });
    return await work(groups.flatMap((group) => group.models.map((model) => ({ ...group, model }))));
  } finally {
    await closers.close();
  }
}

/** @throws CliError with the names that there are */
export function named(models: readonly ModelAccess[], name: string): ModelAccess {
  const found = models.find(({ model }) => model.name === name);
  if (found !== undefined) return found;
  throw new CliError(`there is no read model ${name}; there are ${models.map(({ model }) => model.name).join(', ')}`);
}

/** Waits for what a runner has to do: that of a running engine, or one of this process where no engine is at work. */
export async function withRunner<Result>(
  { model, eventStore, readModelStore }: ModelAccess,
  work: () => Promise<Result>,
): Promise<Result> {
  const logger = createLogger('warn');
  const election = createLeaderElection({
    lease: projectionsLease(readModelStore),
    start: () => runAttended({ eventStore, readModelStore, models: [model], logger }),
    onLeaseError: (error) => logger.warn({ err: error }, 'the lease of the projections cannot be told: trying again'),
    onWorkerFailed: (error) => logger.error({ err: error }, 'the read model cannot be kept: trying again'),
  });
  await election.start();
  try {
    return await work();
  } finally {
    await election.close();
  }
}
