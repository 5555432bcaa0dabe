import { setTimeout as pause } from 'node:timers/promises';
import type { ProjectionStore } from '../../read-model-store/index.js';
import { pageOfParkedKeys, labelOf, type ParkedKeyPage } from './parked-keys.js';
import type { RetryOutcome } from './parked-retry.js';
import { askForRebuild, rebuildStatus, type RebuildStatus } from './rebuild-requests.js';
import { requestRetry, takeRetryAnswer } from './retry-requests.js';

/** A page of parked keys, after the id of the last one of the page before. */
export interface ParkedPageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

/**
 * What operators do about read models, whichever process keeps them: it is asked for in the store that it shares with this one. The
 * name of a read model has to be one of those that there are.
 */
export interface ProjectionOperations {
  /** The keys whose events wait for a retry, by key. */
  parked(model: string, page: ParkedPageRequest): Promise<ParkedKeyPage>;
  /** Has the events of a parked key folded again; null where no process did in time: it is done as soon as one keeps the model. */
  retry(model: string, key: string): Promise<RetryOutcome | null>;
  /** Has the read model built anew beside the one that is read; false where that is under way. */
  rebuild(model: string): Promise<boolean>;
  /** How the last rebuild that was asked for stands; null where none was. */
  rebuildStatus(model: string): Promise<RebuildStatus | null>;
}

/** Injection token of ProjectionOperations. */
export const PROJECTION_OPERATIONS = Symbol('ProjectionOperations');

type Noted = Pick<ProjectionStore, 'documents' | 'collections'>;

export interface ProjectionOperationsOptions {
  /** The store that a read model is kept in. */
  readonly storeOf: (model: string) => Noted;
  /** How many milliseconds a retry may take. */
  readonly patienceMs?: number;
}

const POLL_MS = 50;
const PATIENCE_MS = 10_000;
const NOTHING: ParkedKeyPage = { keys: [], next: null };

export const createProjectionOperations = ({
  storeOf,
  patienceMs = PATIENCE_MS,
}: ProjectionOperationsOptions): ProjectionOperations => ({
  parked: async (model, { limit, after }) => {
    const store = storeOf(model);
    const live = (await store.collections()).find((state) => state.name === model && state.live);
    return live === undefined ? NOTHING : pageOfParkedKeys(store, labelOf(live), { limit, after });
  },
  retry: async (model, key) => {
    const store = storeOf(model);
    await requestRetry(store, model, key);
    return retryAnswer(store, { model, key, patienceMs });
  },
  rebuild: (model) => askForRebuild(storeOf(model), model),
  rebuildStatus: (model) => rebuildStatus(storeOf(model), model),
});

interface AskedRetry {
  readonly model: string;
  readonly key: string;
  readonly patienceMs: number;
}

/** Waits for the answer of whichever process keeps the read model; null where none came in time. */
export async function retryAnswer(store: Noted, { model, key, patienceMs }: AskedRetry): Promise<RetryOutcome | null> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const outcome = await takeRetryAnswer(store, model, key);
    if (outcome !== null || performance.now() > giveUpAt) return outcome;
    await pause(POLL_MS);
  }
}
