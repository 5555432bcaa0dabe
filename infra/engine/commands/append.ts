import type { DomainEvent, JsonObject } from '../../../domain/shared/index.js';
import {
  UnknownOutcomeError,
  withIds,
  type Appended,
  type EventMetadata,
  type EventStore,
  type EventToAppend,
  type RecordedEvent,
  type StreamBatch,
} from '../../event-store/index.js';
import { BackOff } from '../../shared/back-off.js';
import type { CommandContext } from './command-executor.js';

/** An event that is about to be recorded. `at` is when it was decided: what is recorded of it may be a moment later. */
export type ExpectedEvent = Omit<RecordedEvent, 'position'>;

/** A batch of events for one stream that is appended in one go with those of other streams. */
export class PendingAppend {
  /** Null until the batch is on disk. */
  appended: Appended | null = null;

  constructor(readonly batch: StreamBatch) {}
}

/** Gives the events that a command decided its metadata. */
export function eventsToAppend(context: CommandContext, events: readonly DomainEvent[]): EventToAppend[] {
  const metadata = metadataOf(context);
  return events.map(({ type, data }) => ({ type, data: data as JsonObject, metadata }));
}

function metadataOf(context: CommandContext): EventMetadata {
  const { commandId, correlationId, causationId, actor, traceparent, requestHash } = context;
  const metadata: EventMetadata = { commandId, correlationId, causationId, actor };
  if (traceparent === undefined && requestHash === undefined) return metadata;
  return {
    ...metadata,
    ...(traceparent !== undefined && { traceparent }),
    ...(requestHash !== undefined && { requestHash }),
  };
}

/** Makes a batch for a stream that was read up to that revision; -1 for no stream. */
export const batchAfter = (stream: string, revision: number, events: readonly EventToAppend[]): StreamBatch => ({
  stream,
  events,
  expectedRevision: revision < 0 ? 'no-stream' : revision,
});

/** Makes the events as they will be recorded in their stream, from that revision on. */
export function expectedEvents(stream: string, from: number, events: readonly EventToAppend[]): ExpectedEvent[] {
  const at = new Date().toISOString();
  return withIds(events).map(({ id, type, data, metadata }, index) => ({
    id,
    stream,
    revision: from + index,
    at,
    type,
    data,
    metadata,
  }));
}

/** Milliseconds after which nothing is sent again: a store may have tried for that long by itself. */
const PATIENCE_MS = 10_000;
const RESENDING = { firstMs: 5, longestMs: 1_000, factor: 4, mostFailures: 5 };

/**
 * Appends the batches in one go, and after a lost answer sends them again, unchanged, until the answer is definite.
 * @throws UnknownOutcomeError when no answer was definite in time
 */
export async function appendUntilDefinite(store: EventStore, appends: readonly PendingAppend[]): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (const backOff = new BackOff(RESENDING); ;) {
    try {
      return await appendOnce(store, appends);
    } catch (error) {
      if (!(error instanceof UnknownOutcomeError) || performance.now() >= until) throw error;
      if (!(await backOff.next())) throw error;
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

/**
 * Makes the back-off between conflicts with other writers, whose events can mostly be read at once. A store may decide by events that
 * it does not show yet, so that looking again would find the same conflict; EventStoreDB does so until its followers and its
 * index have them.
 */
export const conflictBackOff = (): BackOff => new BackOff({ firstMs: 5, longestMs: 200, atOnce: 2, patienceMs: 8_000 });
