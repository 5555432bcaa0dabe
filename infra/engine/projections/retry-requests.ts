import type { ProjectionStore } from '../../read-model-store/index.js';
import type { RetryOutcome } from './parked-retry.js';

/** Asks whichever runner is at work to fold a parked key again; in the store, because that runner may be anywhere. */
type RetryRequest = {
  readonly model: string;
  readonly key: string;
  /** Null until it was tried. */
  readonly outcome: RetryOutcome | null;
};

const RETRY_REQUESTS = 'retry-requests';
/** Where the read models are kept. */
type Noted = Pick<ProjectionStore, 'documents'>;

const AT_ONCE = 100;

const idOf = (model: string, key: string): string => `${model}/${key}`;

export async function requestRetry(store: Noted, model: string, key: string): Promise<void> {
  await store.documents.ensure({ name: RETRY_REQUESTS, indexes: [] });
  await write(store, { model, key, outcome: null });
}

/** How the retry ended; null while it was not tried. An answer is read once. */
export async function takeRetryAnswer(store: Noted, model: string, key: string): Promise<RetryOutcome | null> {
  const outcome = (await store.documents.get<RetryRequest>(RETRY_REQUESTS, idOf(model, key)))?.outcome ?? null;
  if (outcome !== null) await write(store, { model, key, outcome }, true);
  return outcome;
}

/** Carries out the retries that were asked for and stores their answers. */
export async function answerRetries(
  store: Noted,
  models: ReadonlySet<string>,
  retry: (model: string, key: string) => Promise<RetryOutcome>,
): Promise<void> {
  for (const { doc } of await store.documents.scan<RetryRequest>(RETRY_REQUESTS, { limit: AT_ONCE })) {
    if (doc.outcome !== null || !models.has(doc.model)) continue;
    await write(store, { ...doc, outcome: await retry(doc.model, doc.key) });
  }
}

const write = ({ documents }: Noted, request: RetryRequest, isDone = false): Promise<void> =>
  documents.put(RETRY_REQUESTS, [{ id: idOf(request.model, request.key), doc: isDone ? null : request }]);
