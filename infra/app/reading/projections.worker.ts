import { parentPort, workerData } from 'node:worker_threads';
import { readModels } from '../../../projections/index.js';
import type { ModelProgress } from '../../engine/projections/progress.js';
import { searchReadModel } from '../../../projections/search/index.js';
import { runAttended } from '../../engine/projections/index.js';
import { createLeaderElection, type LeasedWorker } from '../../lease/index.js';
import { openTracer, TracedSubscriptions, type Tracer } from '../../telemetry/index.js';
import { collectWhenIdle } from '../../worker/idle-heap.js';
import { createLogger } from '../boot/logger.js';
import { Closers } from '../boot/closers.js';
import { projectionsLease } from '../stores/leases.js';
import { missingStoreOf } from '../boot/missing-store.js';
import { modelGroups, type ModelGroup } from './model-groups.js';
import type { FromProjections, ProjectionThreadOptions, ToProjections } from './projection-thread.js';
import { openLog, openReadModelStore, openSearchIndex, type Log } from '../stores/stores.js';

/** Folds the log into the read models in a thread of its own, apart from the thread that answers requests. */
const options = workerData as ProjectionThreadOptions;
const closers = new Closers();
const logger = createLogger(options.logLevel);

/** The least time between progress messages, each of which costs the thread that answers requests a turn. */
const REPORT_EVERY_MS = 2;
/** The last progress of each runner, by its name. */
const latest = new Map<string, readonly ModelProgress[]>();
let isReporting = false;
let standsBy = false;
let groupCount = 0;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const tell = (message: FromProjections): void => parentPort?.postMessage(message);

function report(runner: string, models: readonly ModelProgress[]): void {
  latest.set(runner, models);
  if (!isReporting) setTimeout(tellLatest, REPORT_EVERY_MS);
  isReporting = true;
}

function tellLatest(): void {
  isReporting = false;
  // Progress of some runners would pass for that of all.
  if (standsBy || latest.size < groupCount) return;
  tell({ kind: 'progress', update: { models: [...latest.values()].flat() } });
}

const follow = (group: ModelGroup): Promise<LeasedWorker> =>
  runAttended({
    ...group,
    logger,
    onProgress: ({ models }) => report(group.name, models),
  });

/** Lists the progress in the order of the groups: the read models come first. */
async function followAll(groups: readonly ModelGroup[]): Promise<LeasedWorker> {
  const workers: LeasedWorker[] = [];
  const close = async (): Promise<void> => {
    for (const worker of workers.splice(0)) await worker.close();
  };
  standsBy = false;
  groupCount = groups.length;
  try {
    for (const group of groups) workers.push(await follow(group));
  } catch (error) {
    await close();
    throw error;
  }
  const heartbeat = async (): Promise<boolean> => {
    for (const worker of workers) if (!(await worker.heartbeat())) return false;
    return true;
  };
  return { heartbeat, close };
}

/** Logs that read models are built from the log, as such a start takes longer than others. */
async function announceBuilding({ name, models, eventStore, readModelStore }: ModelGroup): Promise<void> {
  if ((await eventStore.head()) === null) return;
  const states = await readModelStore.collections();
  const isBuilt = (model: string): boolean => states.some((state) => state.name === model && state.checkpoint !== null);
  const missing = models.map((model) => model.name).filter((model) => !isBuilt(model));
  if (missing.length > 0) logger.info({ group: name, models: missing }, 'building read models from the whole log');
}

async function run(): Promise<void> {
  const config = { ...options, serverSecret: Buffer.from(options.serverSecret) };
  const log = await openLog(config, 'read-only', {
    onDropped: (reason) => logger.warn({ reason }, 'the event store has ended the subscription: it is begun anew'),
  });
  closers.add(() => log.close());
  const tracer = await openTracer(process.env);
  closers.add(() => tracer?.close());
  const readModelStore = await openReadModelStore(config, 'read-write');
  closers.add(() => readModelStore.close());
  const index = await openSearchIndex(config, 'read-write');
  closers.add(() => index.close());
  const groups = modelGroups({ log: tracer === null ? log : tracedLog(log, tracer), readModelStore, index });
  for (const group of groups) await announceBuilding(group);
  const election = createLeaderElection({
    lease: projectionsLease(readModelStore),
    start: async () => {
      const worker = await followAll(groups);
      logger.info('keeps the read models');
      return worker;
    },
    onStandby: () => {
      standsBy = true;
      tell({ kind: 'standby' });
    },
    onLeaseError: (error) => logger.warn({ err: error }, 'the lease of the projections cannot be told: trying again'),
    onWorkerFailed: (error) => {
      standsBy = true;
      logger.error({ err: error }, 'the projections have failed: trying again, unless another process takes over');
      tell({ kind: 'failed', message: error instanceof Error ? error.name : 'an error' });
    },
  });
  closers.add(() => election.close());
  await election.start();
  closers.add(collectWhenIdle());
  tell({ kind: 'ready' });
}

/** Opens the log: the read models follow it with personal data opened, the search index with them sealed. */
function tracedLog(log: Log, tracer: Tracer): Log {
  const types = readModels.flatMap(({ on }) => Object.keys(on));
  const searched = Object.keys(searchReadModel.on);
  return {
    ...log,
    events: new TracedSubscriptions(log.events, tracer, { name: 'project', types }),
    sealed: new TracedSubscriptions(log.sealed, tracer, { name: 'project search', types: searched }),
  };
}

async function end(): Promise<void> {
  await closers.close();
  tell({ kind: 'closed' });
  parentPort?.close();
}

parentPort?.on('message', ({ kind }: ToProjections) => {
  if (kind === 'close') void end();
});
run().catch(async (error: unknown) => {
  const store = missingStoreOf(error);
  const message = messageOf(error);
  tell(store === null ? { kind: 'refused', message } : { kind: 'away', store, message });
  await closers.close().catch(() => undefined);
  parentPort?.close();
});
