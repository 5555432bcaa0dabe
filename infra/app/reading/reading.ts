import type { Logger } from 'pino';
import { readModels } from '../../../projections/index.js';
import type { AnyReadModel } from '../../engine/projections/read-model.js';
import {
  createPolledProgress,
  createProgressFeed,
  createProjectionOperations,
} from '../../engine/projections/index.js';
import { searchReadModel, searchSink } from '../../../projections/search/index.js';
import type { ProjectionOperations } from '../../engine/projections/projection-operations.js';
import type { ProjectionProgress } from '../../engine/projections/progress.js';
import type { Config } from '../../config/index.js';
import { KnownHead, type EventStore } from '../../event-store/index.js';
import type { ReadinessCheck } from '../../http/ops/readiness.js';
import type { ProjectionStore, ReadModelStore } from '../../read-model-store/index.js';
import type { SearchIndex } from '../../search-index/index.js';
import type { ObserveLeader } from '../../telemetry/metrics/index.js';
import type { Closers } from '../boot/closers.js';
import { startProjectionThread } from './projection-thread.js';
import { openReadModelStore, openSearchIndex } from '../stores/stores.js';
import { followedCheck, JoinedProgress, SwitchedProgress } from './progress.js';

/** The read models, as the read API gets them. */
export interface Reading {
  readonly store: ReadModelStore;
  /** Null where this process neither searches the index nor keeps it. */
  readonly search: SearchIndex | null;
  readonly progress: ProjectionProgress;
  /** Null where this process does not answer reads. */
  readonly operations: ProjectionOperations | null;
  readonly checks: readonly ReadinessCheck[];
}

export interface ReadingOptions {
  readonly config: Config;
  readonly events: EventStore;
  readonly logger: Logger;
  readonly observeLeader: ObserveLeader;
}

/** Runs the projections where this process has their role, and opens the read models for reading. */
export async function openReading(options: ReadingOptions, closers: Closers): Promise<Reading> {
  const { config } = options;
  return config.roles.has('projections') ? withThread(options, closers) : followingOthers(options, closers);
}

async function withThread(options: ReadingOptions, closers: Closers): Promise<Reading> {
  const { config, events, logger } = options;
  const { store, search, checks } = await openForReading(config, closers);
  const head = new KnownHead(() => events.head());
  const fed = createProgressFeed(() => head.latest());
  const polled = polledProgress(options, store, search);
  const progress = new SwitchedProgress(polled);
  const thread = await startProjectionThread(config, logger, {
    onProgress: (update) => {
      fed.update(update);
      progress.use(fed);
    },
    onStandby: () => {
      logger.info('another process keeps the read models: standing by');
      progress.use(polled);
    },
  });
  closers.add(() => thread.close());
  options.observeLeader('projections', () => thread.isLeader);
  const running = { name: 'projections', check: () => thread.ping() };
  const operations = await openOperations(config, search, closers);
  return { store, search, progress, operations, checks: [running, ...checks, followedCheck(progress)] };
}

async function followingOthers(options: ReadingOptions, closers: Closers): Promise<Reading> {
  const { store, search, checks } = await openForReading(options.config, closers);
  const progress = polledProgress(options, store, search);
  const operations = await openOperations(options.config, search, closers);
  return { store, search, progress, operations, checks: [...checks, followedCheck(progress)] };
}

/** Opens the documents beside the read models once more, to ask in them for what the process that keeps these has to do. */
async function openOperations(
  config: Config,
  search: SearchIndex | null,
  closers: Closers,
): Promise<ProjectionOperations | null> {
  if (search === null || !config.roles.has('read-api')) return null;
  const store = await openReadModelStore(config, 'read-write');
  closers.add(() => store.close());
  const index = searchSink(store, search);
  return createProjectionOperations({ storeOf: (model) => (model === searchReadModel.name ? index : store) });
}

/** Reads the progress from the checkpoints that another process stores. */
function polledProgress(
  { events }: ReadingOptions,
  store: ReadModelStore,
  search: SearchIndex | null,
): ProjectionProgress {
  const head = new KnownHead(() => events.head());
  const polled = (readModelStore: ProjectionStore, models: readonly AnyReadModel[]): ProjectionProgress =>
    createPolledProgress({
      readModelStore,
      models: models.map(({ name }) => name),
      head: () => head.latest(),
      logId: events.logId,
    });
  const kept = polled(store, readModels);
  if (search === null) return kept;
  const index = polled(searchSink(store, search), [searchReadModel]);
  return new JoinedProgress({ readModels: kept, search: index, searchModel: searchReadModel.name });
}

async function openForReading(config: Config, closers: Closers): Promise<Pick<Reading, 'store' | 'search' | 'checks'>> {
  const store = await openReadModelStore(config, 'read-only');
  closers.add(() => store.close());
  const checks = [{ name: 'read-store', check: () => store.ping() }];
  if (!config.roles.has('read-api') && !config.roles.has('projections')) return { store, search: null, checks };
  const search = await openSearchIndex(config, 'read-only');
  closers.add(() => search.close());
  if (config.roles.has('read-api')) checks.push({ name: 'search-index', check: () => search.ping() });
  return { store, search, checks };
}
