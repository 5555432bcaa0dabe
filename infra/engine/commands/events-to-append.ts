import type { DomainEvent, JsonObject } from '../../../domain/shared/index.js';
import {
  withIds,
  type EventMetadata,
  type EventToAppend,
  type RecordedEvent,
  type StreamBatch,
} from '../../event-store/index.js';
import type { CommandContext } from './command-executor.js';

/** An event that is about to be recorded. `at` is when it was decided: what is recorded of it may be a moment later. */
export type ExpectedEvent = Omit<RecordedEvent, 'position'>;

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

/** A batch for a stream that was read up to that revision; -1 for no stream. */
export const batchAfter = (stream: string, revision: number, events: readonly EventToAppend[]): StreamBatch => ({
  stream,
  events,
  expectedRevision: revision < 0 ? 'no-stream' : revision,
});

/** The events as they will be recorded in their stream, from that revision on. */
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
