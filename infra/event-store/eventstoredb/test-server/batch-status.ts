import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import type { NodeFailure } from './append-execution.js';
import type { ExpectedRevision } from './expected-revision.js';
import { ANY, NO_STREAM, STREAM_EXISTS } from './expected-revision.js';
import { identifierOf } from './identifiers.js';
import { rpcStatus, shared } from './protocol.js';

/** A message of `event_store.client` that stands packed in a status. */
interface Packable {
  serializeBinary(): Uint8Array;
}

/** google.rpc.Code values, as the node uses them. */
const CODE = { unknown: 2, invalidArgument: 3, deadlineExceeded: 4, notFound: 5, alreadyExists: 6, denied: 7 } as const;
/** A status with empty details (field 3): the way to an Any without a second protobuf package. */
const WITH_EMPTY_DETAILS = Uint8Array.of(0x1a, 0x00);

function statusOf(code: number, message: string, packed: { name: string; details: Packable }): Status {
  const made = rpcStatus.Status.deserializeBinary(WITH_EMPTY_DETAILS).setCode(code).setMessage(message);
  made.getDetails()?.pack(packed.details.serializeBinary(), packed.name);
  return made;
}

function clientStatus(code: number, name: string, details: Packable): Status {
  return statusOf(code, name, { name: `event_store.client.${name}`, details });
}

export function wrongExpectedVersionStatus(current: number, expected: ExpectedRevision): Status {
  const wrong = new shared.WrongExpectedVersion();
  if (current < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (expected === ANY) wrong.setExpectedAny(new shared.Empty());
  else if (expected === NO_STREAM) wrong.setExpectedNoStream(new shared.Empty());
  else if (expected === STREAM_EXISTS) wrong.setExpectedStreamExists(new shared.Empty());
  else wrong.setExpectedStreamPosition(String(expected));
  return clientStatus(CODE.alreadyExists, 'WrongExpectedVersion', wrong);
}

export function streamDeletedStatus(stream: string): Status {
  const details = new shared.StreamDeleted().setStreamIdentifier(identifierOf(stream));
  return clientStatus(CODE.notFound, 'StreamDeleted', details);
}

export function maximumAppendSizeStatus(bytes: number): Status {
  const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(bytes);
  return clientStatus(CODE.invalidArgument, 'MaximumAppendSizeExceeded', details);
}

export function badRequestStatus(message: string): Status {
  return clientStatus(CODE.invalidArgument, 'BadRequest', new shared.BadRequest().setMessage(message));
}

export function timeoutStatus(): Status {
  return clientStatus(CODE.deadlineExceeded, 'Timeout', new shared.Timeout());
}

export function failureStatus(failure: NodeFailure): Status {
  switch (failure) {
    case 'not-ready':
      // The node packs an empty message here, so the client sees no more than an unknown error.
      return statusOf(0, 'Server Is Not Ready', { name: 'google.protobuf.Empty', details: new shared.Empty() });
    case 'timeout':
      return timeoutStatus();
    case 'access-denied':
      return clientStatus(CODE.denied, 'AccessDenied', new shared.AccessDenied());
    case 'unknown':
      return clientStatus(CODE.unknown, 'Unknown', new shared.Unknown());
  }
}
