import type { AppendBatch } from './append-batch.js';
import { storedMetadata } from './event-codec.js';
import { positionAt } from './positions.js';
import { WireReader, WireWriter } from './wire.js';

// The messages of BatchAppend, as far as they are used here: streams.proto, shared.proto and status.proto of EventStoreDB.

const NOTHING: Uint8Array = new Uint8Array();

/**
 * A batch as it goes over the wire, every time that it is sent, less the id by which its answer is known.
 * @param attempt stands in its last event
 */
export function encodeAppend(batch: AppendBatch, attempt: string): Uint8Array {
  const { stream, events, after, recordedAt } = batch;
  const request = new WireWriter();
  request.message(2, (options) => {
    options.message(1, (identifier) => identifier.text(3, stream));
    if (after < 0) options.bytes(3, NOTHING);
    else options.number(2, after);
  });
  for (const [index, event] of events.entries()) {
    const _recordedAt = recordedAt?.[index];
    const metadata = storedMetadata(event, {
      ...(_recordedAt === undefined ? {} : { _recordedAt }),
      ...(index === events.length - 1 ? { _attempt: attempt } : {}),
    });
    request.message(3, (proposed) =>
      proposed
        .message(1, (id) => id.text(2, event.id))
        .message(2, (type) => type.text(1, 'type').text(2, event.type))
        .message(2, (contentType) => contentType.text(1, 'content-type').text(2, 'application/json'))
        .text(3, JSON.stringify(metadata))
        .text(4, JSON.stringify(event.data)),
    );
  }
  return request.number(4, 1).finish();
}

/** @param id greater than 0; the server answers with it */
export const withId = (id: number, append: Uint8Array): Buffer =>
  Buffer.concat([
    new WireWriter(32).message(1, (uuid) => uuid.message(1, (structured) => structured.number(2, id))).finish(),
    append,
  ]);

export interface AppendAnswer {
  readonly id: number;
  /** Of the batch's last event; an error where the append was not carried out, or not known to be. */
  readonly result: string | AppendError;
}

/** What the server says of one append, in the shape of the driver's errors. */
export class AppendError extends Error {
  constructor(
    readonly type: string,
    message: string,
    /** Undefined where there is no such stream. */
    readonly actualVersion: bigint | undefined,
  ) {
    super(message);
    this.name = 'AppendError';
  }
}

export function decodeAnswer(bytes: Uint8Array): AppendAnswer {
  let id = 0;
  let result: string | AppendError | null = null;
  for (const message = new WireReader(bytes); message.next();) {
    if (message.field === 1) id = correlationOf(message.message());
    else if (message.field === 2) result = errorOf(message.message());
    else if (message.field === 3) result = positionOf(message.message());
    else message.skip();
  }
  return { id, result: result ?? new AppendError('unknown', 'the server answers an append with nothing', undefined) };
}

function correlationOf(uuid: WireReader): number {
  const structured = uuid.find(1) ? uuid.message() : null;
  return structured?.find(2) === true ? structured.number() : 0;
}

function positionOf(success: WireReader): string {
  let [commit, prepare] = ['0', '0'];
  const position = success.find(3) ? success.message() : null;
  while (position?.next() === true) {
    if (position.field === 1) commit = position.digits();
    else if (position.field === 2) prepare = position.digits();
    else position.skip();
  }
  return positionAt(commit, prepare);
}

/** By the name of the message that says more of it. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['WrongExpectedVersion', 'wrong-expected-version'],
  ['StreamDeleted', 'stream-deleted'],
  ['AccessDenied', 'access-denied'],
  ['Timeout', 'deadline-exceeded'],
  ['MaximumAppendSizeExceeded', 'maximum-append-size-exceeded'],
  ['MaximumAppendEventSizeExceeded', 'maximum-append-size-exceeded'],
  ['BadRequest', 'invalid-argument'],
]);

function errorOf(status: WireReader): AppendError {
  let [message, details] = ['', { name: '', bytes: NOTHING }];
  while (status.next()) {
    if (status.field === 2) message = status.text();
    else if (status.field === 3) details = detailsOf(status.message());
    else status.skip();
  }
  const type = TYPES.get(details.name) ?? 'unknown';
  const actual = type === 'wrong-expected-version' ? revisionOf(new WireReader(details.bytes)) : undefined;
  return new AppendError(type, message === '' ? `the server answers ${details.name}` : message, actual);
}

function detailsOf(any: WireReader): { readonly name: string; readonly bytes: Uint8Array } {
  let [name, bytes] = ['', NOTHING];
  while (any.next()) {
    if (any.field === 1) name = any.text().split('.').at(-1) ?? '';
    else if (any.field === 2) bytes = any.bytes();
    else any.skip();
  }
  return { name, bytes };
}

const revisionOf = (wrong: WireReader): bigint | undefined => (wrong.find(1) ? BigInt(wrong.number()) : undefined);
