import { Metadata, status } from '@grpc/grpc-js';
import type { StatusObject } from '@grpc/grpc-js';

/** An error answer of a call: status, and trailers of which the client reads `exception` first. */
export class RpcError extends Error implements StatusObject {
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Readonly<Record<string, string>> = {},
  ) {
    super(details);
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, value);
  }
}

export function notLeader(leader: { readonly host: string; readonly port: number }): RpcError {
  return new RpcError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': leader.host,
    'leader-endpoint-port': String(leader.port),
  });
}

export function accessDenied(): RpcError {
  return new RpcError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
}

export function streamDeleted(stream: string): RpcError {
  return new RpcError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });
}

export function wrongExpectedVersion(stream: string, expected: number, actual: number): RpcError {
  const details = `Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`;
  return new RpcError(status.FAILED_PRECONDITION, `Delete failed due to WrongExpectedVersion. ${details}`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': String(expected),
    'actual-version': String(actual),
  });
}

export function maximumAppendSizeExceeded(bytes: number): RpcError {
  return new RpcError(status.INVALID_ARGUMENT, `Maximum Append Size of ${bytes} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(bytes),
  });
}

export function missingMetadataProperty(property: string): RpcError {
  return new RpcError(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });
}

export function timedOut(why = ''): RpcError {
  return new RpcError(status.ABORTED, `Operation timed out: ${why}`);
}

export function unavailable(details: string): RpcError {
  return new RpcError(status.UNAVAILABLE, details);
}

export function unknownError(details: string): RpcError {
  return new RpcError(status.UNKNOWN, details);
}

export function invalidArgument(details: string): RpcError {
  return new RpcError(status.INVALID_ARGUMENT, details);
}

export function invalidPosition(): RpcError {
  return invalidArgument('Trying to read from an invalid position.');
}
