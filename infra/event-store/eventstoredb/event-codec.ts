import type { AllStreamResolvedEvent, JSONEventData, ResolvedEvent } from '@eventstore/db-client';
import type { JsonObject } from '../../../domain/shared/json.js';
import type { EventMetadata, EventToAppend, RecordedEvent } from '../event-store.js';
import { toPosition } from './positions.js';

/**
 * What stands beside our metadata in EventStoreDB's custom metadata, and never comes out: `attempt` (of a batch's last
 * event) names the call that recorded it, which is how a call learns whether it was the one that did; `recordedAt` is the
 * time at which an event that was copied from another log was recorded there.
 */
interface StoredMetadata extends EventMetadata {
  readonly _attempt?: string;
  readonly _recordedAt?: string;
}

/** An event of ours as it stands in the log. */
export interface StoredEvent {
  readonly event: RecordedEvent;
  /** The call that recorded the batch of which this is the last event. */
  readonly attempt: string | null;
}

const encoder = new TextEncoder();

/** @param extra what the event carries beside its own metadata */
export function encode(event: EventToAppend, extra: Partial<StoredMetadata> | null): JSONEventData {
  const metadata = JSON.stringify(extra === null ? event.metadata : { ...event.metadata, ...extra });
  const { id, type, data } = event;
  return { id, type, contentType: 'application/json', data, metadata: encoder.encode(metadata) };
}

/** Null for what is none of ours: system events, links, and events of other programs, which say nothing of a command. */
export function decode({ event }: ResolvedEvent | AllStreamResolvedEvent): StoredEvent | null {
  if (event === undefined || !event.isJson || event.streamId.startsWith('$')) return null;
  const { position } = event;
  const stored: unknown = event.metadata;
  if (!isOurs(stored) || position === undefined) return null;
  const { _attempt, _recordedAt, ...metadata } = stored;
  return {
    attempt: _attempt ?? null,
    event: {
      id: event.id,
      stream: event.streamId,
      revision: Number(event.revision),
      position: toPosition(position),
      at: _recordedAt ?? event.created.toISOString(),
      type: event.type,
      data: event.data as JsonObject,
      metadata,
    },
  };
}

const isOurs = (metadata: unknown): metadata is StoredMetadata =>
  typeof metadata === 'object' &&
  metadata !== null &&
  'commandId' in metadata &&
  typeof metadata.commandId === 'string';
