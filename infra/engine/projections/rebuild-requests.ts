import { randomUUID } from 'node:crypto';
import type { Position } from '../../shared/position.js';
import type { CollectionState, ProjectionStore } from '../../read-model-store/index.js';

/** How a rebuild stands. `differs`: it is live, and was not what was read before. */
export type RebuildState = 'running' | 'comparing' | 'done' | 'differs' | 'failed';

export interface RebuildStatus {
  readonly state: RebuildState;
  /** Everything up to here is in it; null before the first page. */
  readonly position: Position | null;
  /** The end of the log when it was last looked at; null before the rebuild has begun. */
  readonly head: Position | null;
  /** Documents that were not the same; null where none were compared yet, or they could not be. */
  readonly differing: number | null;
  /** Why it failed; null where it did not. */
  readonly error: string | null;
}

/**
 * Asks whichever process keeps the read models to rebuild one, and has how far it has come: in the store, because that process may be
 * any, and another one goes on where it is killed.
 */
export type RebuildRequest = Omit<RebuildStatus, 'state'> & {
  readonly model: string;
  /** Of this request. */
  readonly id: string;
  /** `handed-over`: its runner swaps it in as soon as it has caught up. */
  readonly state: 'running' | 'comparing' | 'handed-over' | 'failed';
  /** Version and build of what is being built; null before it is known. */
  readonly build: readonly [number, number] | null;
};

/** Where the read models are kept. */
type Noted = Pick<ProjectionStore, 'documents' | 'collections'>;

const REBUILD_REQUESTS = 'rebuild-requests';
const AT_ONCE = 100;

const requestOf = ({ documents }: Noted, model: string): Promise<RebuildRequest | undefined> =>
  documents.get<RebuildRequest>(REBUILD_REQUESTS, model);

/** Asks for a rebuild; false where one is running. */
export async function askForRebuild(store: Noted, model: string): Promise<boolean> {
  await store.documents.ensure({ name: REBUILD_REQUESTS, indexes: [] });
  const before = await requestOf(store, model);
  if (before !== undefined && isRunning(await statusOf(store, before))) return false;
  const nothing = { position: null, head: null, differing: null, error: null, build: null };
  const next: RebuildRequest = { model, id: randomUUID(), state: 'running', ...nothing };
  return store.documents.compareAndSet(REBUILD_REQUESTS, { id: model, expected: before ?? null, next });
}

/** How the last rebuild that was asked for stands; null where none was. */
export async function rebuildStatus(store: Noted, model: string): Promise<RebuildStatus | null> {
  const request = await requestOf(store, model);
  return request === undefined ? null : statusOf(store, request);
}

/** The rebuilds that are to be made, or gone on with. */
export async function openRebuilds({ documents }: Pick<Noted, 'documents'>): Promise<readonly RebuildRequest[]> {
  const found = await documents.scan<RebuildRequest>(REBUILD_REQUESTS, { limit: AT_ONCE });
  return found.map(({ doc }) => doc).filter(({ state }) => state === 'running' || state === 'comparing');
}

/** Notes how far a rebuild has come. */
export const noteRebuild = ({ documents }: Pick<Noted, 'documents'>, request: RebuildRequest): Promise<void> =>
  documents.put(REBUILD_REQUESTS, [{ id: request.model, doc: request }]);

const isRunning = ({ state }: RebuildStatus): boolean => state === 'running' || state === 'comparing';

async function statusOf(store: Noted, request: RebuildRequest): Promise<RebuildStatus> {
  const { position, head, differing, error } = request;
  const shown = { position, head, differing, error };
  if (request.state !== 'handed-over') return { state: request.state, ...shown };
  const live = (await store.collections()).find(({ name, live: isLive }) => name === request.model && isLive);
  if (!isLiveBy(live, request.build)) return { state: 'comparing', ...shown };
  return { state: differing === null || differing === 0 ? 'done' : 'differs', ...shown };
}

/** Whether the build, or a later one, has taken the place of what was read before. */
function isLiveBy(live: CollectionState | undefined, build: RebuildRequest['build']): boolean {
  if (live === undefined || build === null) return false;
  const [version, number] = build;
  return live.version > version || (live.version === version && live.build >= number);
}
