import type { JsonObject } from '../../../domain/shared/json.js';
import type { IdentifiedEvent } from '../event-ids.js';
import type { EventMetadata, RecordedEvent } from '../event-store.js';
import type { Position } from '../../shared/position.js';

/**
 * Members of EventStoreDB's custom metadata that readers do not get: `attempt` (of a batch's last event) names the call that recorded
 * the batch, by which a call learns whether it was the one; `recordedAt` is the time at which a copied event was recorded in its
 * first log.
 */
interface Extra {
  readonly _attempt?: string;
  readonly _recordedAt?: string;
}
type StoredMetadata = EventMetadata & Extra;

/** An event of ours as it stands in the log. */
export interface StoredEvent {
  readonly event: RecordedEvent;
  /** The call that recorded the batch of which this is the last event. */
  readonly attempt: string | null;
}

/** An event as the server sends it, of anybody. */
export interface RecordedMessage {
  id: string;
  stream: string;
  revision: number;
  prepare: string;
  commit: string;
  type: string;
  /** Since 1970, in units of 100 ns. */
  created: string;
  isJson: boolean;
  metadata: Uint8Array;
  data: Uint8Array;
}

/** @param extra what the event carries beside its own metadata */
export const storedMetadata = (event: IdentifiedEvent, extra: Extra): StoredMetadata => ({
  ...event.metadata,
  ...extra,
});

/** Null for what is none of ours: system events, links, and events of other programs, which say nothing of a command. */
export function decode(message: RecordedMessage, position: Position): StoredEvent | null {
  const { id, stream, revision, type } = message;
  if (!message.isJson || stream.startsWith('$')) return null;
  const stored = parsed(message.metadata);
  if (!isOurs(stored)) return null;
  const { _attempt, _recordedAt, ...metadata } = stored;
  const at = _recordedAt ?? new Date(Number(message.created.slice(0, -TICK_DIGITS))).toISOString();
  const data = parsed(message.data) as JsonObject;
  return { attempt: _attempt ?? null, event: { id, stream, revision, position, at, type, data, metadata } };
}

/** 10,000 of 100 ns are a millisecond. */
const TICK_DIGITS = 4;

/** The text itself where it is no JSON, as others may write anything. */
function parsed({ buffer, byteOffset, length }: Uint8Array): unknown {
  const text = Buffer.from(buffer, byteOffset, length).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const isOurs = (metadata: unknown): metadata is StoredMetadata =>
  typeof metadata === 'object' &&
  metadata !== null &&
  'commandId' in metadata &&
  typeof metadata.commandId === 'string';
