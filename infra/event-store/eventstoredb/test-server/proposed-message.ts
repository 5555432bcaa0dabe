import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import { idOf } from './identifiers.js';
import { missingMetadataProperty } from './rpc-errors.js';
import type { ProposedEvent } from './stored-event.js';

/** The part that the proposed messages of both append calls have in common. */
interface ProposedMessage {
  getId(): UUID | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
}

export function proposedEventOf(message: ProposedMessage): ProposedEvent {
  const properties = message.getMetadataMap();
  const type = properties.get('type');
  if (type === undefined) throw missingMetadataProperty('type');
  const contentType = properties.get('content-type');
  if (contentType === undefined) throw missingMetadataProperty('content-type');
  return {
    id: idOf(message.getId()),
    type,
    isJson: contentType === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** What an event counts towards the maximum append size, in bytes. */
export function sizeOnDisk(event: ProposedEvent): number {
  return event.data.length + event.metadata.length + 2 * event.type.length;
}
