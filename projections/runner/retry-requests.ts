import { positionOfNumber } from '../../infra/event-store/index.js';
import type { CollectionDefinition, ReadStore } from '../../infra/read-store/index.js';
import type { RetryOutcome } from './parked-retry.js';

/** Asks whichever runner is at work to fold a parked key again; in the store, because that runner may be anywhere. */
type RetryRequest = {
  readonly model: string;
  readonly key: string;
  /** Null until it was tried. */
  readonly outcome: RetryOutcome | null;
};

export const retryRequests: CollectionDefinition = { name: 'retry-requests', version: 1, indexes: [] };

const NO_POSITION = positionOfNumber(0);
const AT_ONCE = 100;

const idOf = (model: string, key: string): string => `${model}/${key}`;

export async function requestRetry(store: ReadStore, model: string, key: string): Promise<void> {
  await store.ensure(retryRequests);
  await write(store, { model, key, outcome: null });
}

/** How the retry ended; null while it was not tried. An answer is read once. */
export async function takeRetryAnswer(store: ReadStore, model: string, key: string): Promise<RetryOutcome | null> {
  const outcome = (await store.get<RetryRequest>(retryRequests, idOf(model, key)))?.doc.outcome ?? null;
  if (outcome !== null) await write(store, { model, key, outcome }, true);
  return outcome;
}

/** Does what was asked for and leaves the answers. */
export async function answerRetries(
  store: ReadStore,
  models: ReadonlySet<string>,
  retry: (model: string, key: string) => Promise<RetryOutcome>,
): Promise<void> {
  for (const { doc } of await store.scan<RetryRequest>(retryRequests.name, { limit: AT_ONCE })) {
    if (doc.outcome !== null || !models.has(doc.model)) continue;
    await write(store, { ...doc, outcome: await retry(doc.model, doc.key) });
  }
}

const write = (store: ReadStore, request: RetryRequest, isDone = false): Promise<void> =>
  store.commitAll([
    {
      collection: retryRequests,
      writes: [{ id: idOf(request.model, request.key), position: NO_POSITION, doc: isDone ? null : request }],
      guard: 'none',
    },
  ]);
