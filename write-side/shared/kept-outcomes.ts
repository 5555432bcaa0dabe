import type { JsonObject } from '../../domain/shared/index.js';
import type { DocumentCollection, DocumentPut, DocumentStore } from '../../infra/document-store/index.js';
import { type Settled, documentStoreBreaker } from '../../infra/engine/commands/index.js';

/** The outcome of a keyed command that recorded no event; all other outcomes follow from the log. Holds no personal data. */
export interface KeptOutcome {
  readonly requestHash: string;
  /** Id of the request that was answered first. */
  readonly requestId: string;
  readonly settled: Settled;
}

/** Keeps outcomes for at least a day, so that a repeated request gets the same answer after a restart and from another process. */
export interface KeptOutcomes {
  find(commandId: string): Promise<KeptOutcome | undefined>;
  /** Resolves once the outcome is stored, or could not be. */
  keep(commandId: string, outcome: KeptOutcome): Promise<void>;
}

type Kept = KeptOutcome & {
  /** RFC 3339 UTC. */
  readonly at: string;
};

export const KEPT: DocumentCollection = {
  name: 'kept-outcomes',
  indexes: [{ name: 'by-age', fields: ['at'] }],
};

const DAY_MS = 24 * 3_600_000;
/** After this many new outcomes at most twice as many old ones are deleted in one batch. */
const PRUNE_AFTER = 200;

export async function openKeptOutcomes(
  store: Pick<DocumentStore, 'ensure' | 'get' | 'find' | 'put'>,
  logId: string,
  now: () => number = Date.now,
): Promise<KeptOutcomes> {
  await store.ensure(KEPT);
  const idOf = (commandId: string): string => `${logId}/${commandId}`;
  const ask = documentStoreBreaker();
  const put = (puts: readonly DocumentPut[]): Promise<void> => store.put(KEPT.name, puts);
  let untilPruned = 1;

  async function prune(): Promise<void> {
    untilPruned = PRUNE_AFTER;
    const lt = new Date(now() - DAY_MS).toISOString();
    const old = await store.find(KEPT.name, { index: 'by-age', range: { lt }, limit: 2 * PRUNE_AFTER });
    if (old.length > 0) await put(old.map(({ id }) => ({ id, doc: null })));
  }

  return {
    find: (commandId) => ask(() => store.get<Kept>(KEPT.name, idOf(commandId))),
    keep: (commandId, outcome) =>
      ask(async () => {
        const doc: JsonObject = { ...outcome, at: new Date(now()).toISOString() };
        await put([{ id: idOf(commandId), doc }]);
        if (--untilPruned === 0) await prune();
      }),
  };
}
