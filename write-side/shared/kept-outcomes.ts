import type { JsonObject } from '../../domain/shared/index.js';
import { positionOfNumber } from '../../infra/event-store/index.js';
import type { CollectionDefinition, DocumentWrite, ReadStore } from '../../infra/read-store/index.js';
import type { Settled } from './command-executor.js';
import { whileThere } from './while-there.js';

/** What a keyed command came to that left no event: the log knows of all others. Holds no personal data. */
export interface KeptOutcome {
  readonly requestHash: string;
  /** Of the request that was answered first. */
  readonly requestId: string;
  readonly settled: Settled;
}

/** Kept for at least a day, so that the same request is answered the same also after a restart, and by another process. */
export interface KeptOutcomes {
  find(commandId: string): Promise<KeptOutcome | undefined>;
  /** Resolves once it is stored, or cannot be. */
  keep(commandId: string, outcome: KeptOutcome): Promise<void>;
}

type Kept = KeptOutcome & {
  /** RFC 3339 UTC. */
  readonly at: string;
};

export const KEPT: CollectionDefinition = {
  name: 'kept-outcomes',
  version: 1,
  indexes: [{ name: 'by-age', fields: ['at'] }],
};

const NO_POSITION = positionOfNumber(0);
const DAY_MS = 24 * 3_600_000;
/** Old ones go in strokes of at most twice so many, after as many new ones. */
const STROKE = 200;

type DocumentStore = Pick<ReadStore, 'ensure' | 'get' | 'find' | 'commitAll'>;

export async function openKeptOutcomes(
  store: DocumentStore,
  logId: string,
  now: () => number = Date.now,
): Promise<KeptOutcomes> {
  await store.ensure(KEPT);
  const idOf = (commandId: string): string => `${logId}/${commandId}`;
  const ask = whileThere();
  const write = (writes: readonly DocumentWrite[]): Promise<void> =>
    store.commitAll([{ collection: KEPT, writes, guard: 'none' }]);
  let untilPruned = 1;

  async function prune(): Promise<void> {
    untilPruned = STROKE;
    const lt = new Date(now() - DAY_MS).toISOString();
    const old = await store.find(KEPT, { index: 'by-age', range: { lt }, limit: 2 * STROKE });
    if (old.length > 0) await write(old.map(({ id }) => ({ id, position: NO_POSITION, doc: null })));
  }

  return {
    find: (commandId) => ask(async () => (await store.get<Kept>(KEPT, idOf(commandId)))?.doc),
    keep: (commandId, outcome) =>
      ask(async () => {
        const doc: JsonObject = { ...outcome, at: new Date(now()).toISOString() };
        await write([{ id: idOf(commandId), position: NO_POSITION, doc }]);
        if (--untilPruned === 0) await prune();
      }),
  };
}
