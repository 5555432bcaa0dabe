import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import { shared } from './protocol.js';

export function streamNameOf(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

export function identifierOf(stream: string): StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8').toString('base64'));
}

/** Canonical text of a UUID in either of its two forms. */
export function idOf(uuid: UUID | undefined): string {
  const structured = uuid?.getStructured();
  if (structured === undefined) return (uuid?.getString() ?? '').toLowerCase();
  const high = BigInt.asUintN(64, BigInt(structured.getMostSignificantBits()));
  const low = BigInt.asUintN(64, BigInt(structured.getLeastSignificantBits()));
  const hex = high.toString(16).padStart(16, '0') + low.toString(16).padStart(16, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function structuredUuid(id: string): UUID {
  const hex = id.replaceAll('-', '');
  const structured = new shared.UUID.Structured()
    .setMostSignificantBits(BigInt.asIntN(64, BigInt(`0x${hex.slice(0, 16)}`)).toString())
    .setLeastSignificantBits(BigInt.asIntN(64, BigInt(`0x${hex.slice(16)}`)).toString());
  return new shared.UUID().setStructured(structured);
}

export function stringUuid(id: string): UUID {
  return new shared.UUID().setString(id);
}
