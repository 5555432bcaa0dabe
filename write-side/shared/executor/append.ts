import { setTimeout as delay } from 'node:timers/promises';
import {
  UnknownOutcomeError,
  type Appended,
  type EventStore,
  type EventToAppend,
} from '../../../infra/event-store/index.js';
import type { Along } from '../along.js';

export interface BatchToAppend {
  readonly stream: string;
  readonly events: readonly EventToAppend[];
  /** Revision of the state that the batch was decided on; -1 for no stream. */
  readonly base: number;
  /** Appended in one go with it. */
  readonly along: readonly Along[];
  /** Called when an answer was lost, before the batch is sent again. */
  readonly unsure: () => void;
}

/** Milliseconds after which nothing is sent again: a store may have tried for that long by itself. */
const PATIENCE_MS = 10_000;
const RESEND_DELAYS_MS = [5, 20, 80, 320, 1_000];

/**
 * Appends, and after a lost answer sends the same batch again, unchanged, until the answer is definite.
 * @throws UnknownOutcomeError when it never was in time
 */
export async function appendUntilDefinite(store: EventStore, batch: BatchToAppend): Promise<Appended> {
  const until = performance.now() + PATIENCE_MS;
  for (let tries = 0; ; tries++) {
    try {
      return await appendOnce(store, batch);
    } catch (error) {
      const pause = RESEND_DELAYS_MS[tries];
      const isOver = pause === undefined || performance.now() >= until;
      if (!(error instanceof UnknownOutcomeError) || isOver) throw error;
      batch.unsure();
      await delay(pause);
    }
  }
}

async function appendOnce(store: EventStore, { stream, events, base, along }: BatchToAppend): Promise<Appended> {
  const expectedRevision = base < 0 ? 'no-stream' : base;
  if (along.length === 0) return store.append(stream, events, expectedRevision);
  // What goes along leads to the command's events, and comes before them.
  const batches = along.map(({ batch }) => batch);
  const appended = await store.appendAll([...batches, { stream, events, expectedRevision }]);
  const own = appended[batches.length];
  if (own === undefined) throw new Error(`nothing was answered for ${stream}`);
  for (const [index, one] of along.entries()) {
    const other = appended[index];
    if (other !== undefined) one.settle(other);
  }
  return own;
}
