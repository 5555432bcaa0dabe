import { UnknownOutcomeError, type Appended, type EventStore, type StreamBatch } from '../../event-store/index.js';
import { BackOff } from '../../shared/back-off.js';

/** A batch of events for one stream that is appended in one go with those of other streams. */
export class PendingAppend {
  /** Null until the batch is on disk. */
  appended: Appended | null = null;

  constructor(readonly batch: StreamBatch) {}
}

/** Milliseconds after which nothing is sent again: a store may have tried for that long by itself. */
const PATIENCE_MS = 10_000;
const RESENDING = { firstMs: 5, longestMs: 1_000, factor: 4, mostFailures: 5 };

/**
 * Appends the batches in one go, and after a lost answer sends them again, unchanged, until the answer is definite.
 * @param onUnknownOutcome called when an answer was lost, before the batches are sent again
 * @throws UnknownOutcomeError when no answer was definite in time
 */
export async function appendUntilDefinite(
  store: EventStore,
  appends: readonly PendingAppend[],
  onUnknownOutcome: () => void = () => undefined,
): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (const backOff = new BackOff(RESENDING); ;) {
    try {
      return await appendOnce(store, appends);
    } catch (error) {
      if (!(error instanceof UnknownOutcomeError) || performance.now() >= until) throw error;
      if (!(await backOff.next())) throw error;
      onUnknownOutcome();
    }
  }
}

async function appendOnce(store: EventStore, appends: readonly PendingAppend[]): Promise<void> {
  const [first, ...others] = appends;
  if (first === undefined) return;
  if (others.length === 0) {
    const { stream, events, expectedRevision } = first.batch;
    first.appended = await store.append(stream, events, expectedRevision);
    return;
  }
  const appended = await store.appendAll(appends.map(({ batch }) => batch));
  for (const [index, one] of appends.entries()) one.appended = appended[index] ?? null;
}
