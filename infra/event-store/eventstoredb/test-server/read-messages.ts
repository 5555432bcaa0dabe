import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { identifierOf, stringUuid, structuredUuid } from './identifiers.js';
import type { Position } from './position.js';
import { streams } from './protocol.js';
import type { StoredEvent } from './stored-event.js';

/** An answer of Read as bytes: the handlers write these, so that an event is serialised once for all its readers. */
export type ReadMessage = Buffer;

export function eventMessage(event: StoredEvent, structuredIds: boolean): ReadMessage {
  if (structuredIds) return serialised(new streams.ReadResp().setEvent(readEvent(event, true)));
  event.wire ??= serialised(new streams.ReadResp().setEvent(readEvent(event, false)));
  return event.wire;
}

export function confirmationMessage(subscriptionId: string): ReadMessage {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(subscriptionId);
  return serialised(new streams.ReadResp().setConfirmation(confirmation));
}

export function checkpointMessage({ commit, prepare }: Position): ReadMessage {
  const checkpoint = new streams.ReadResp.Checkpoint()
    .setCommitPosition(String(commit))
    .setPreparePosition(String(prepare));
  return serialised(new streams.ReadResp().setCheckpoint(checkpoint));
}

export function streamNotFoundMessage(stream: string): ReadMessage {
  const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream));
  return serialised(new streams.ReadResp().setStreamNotFound(notFound));
}

export function caughtUpMessage(): ReadMessage {
  return serialised(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
}

export function fellBehindMessage(): ReadMessage {
  return serialised(new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind()));
}

function readEvent(event: StoredEvent, structuredIds: boolean): ReadResp.ReadEvent {
  const position = String(event.position);
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(structuredIds ? structuredUuid(event.id) : stringUuid(event.id))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(event.revision)
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('created', event.createdTicks)
    .set('content-type', event.isJson ? 'application/json' : 'application/octet-stream');
  return new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position);
}

function serialised(message: ReadResp): ReadMessage {
  return Buffer.from(message.serializeBinary());
}
