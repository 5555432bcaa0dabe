import type { EventKey } from '../event-ids.js';
import type { EventMetadata } from '../event-store.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** Bits of the first byte, which tell which of these ids follow the command's, in this order. */
const CORRELATION = 1;
const CAUSATION = 2;
const TRACE = 4;
const REQUEST = 8;
/** The first byte in hex digits where a text follows. */
const AS_TEXT = '10';

/** A column as queries return it: the hex digits of its bytes, or a text after `=`. */
export type ReadColumn = string;

const TEXT = '=';
const UUID_DIGITS = 32;
const TRACE_DIGITS = 52;

/**
 * Packs the ids of an event's command, correlation, causation, trace and request as hex digits, which SQLite converts to bytes. A
 * correlation that equals the command's id is left out. Null where the command's id is no UUID.
 */
export function packCause(metadata: EventMetadata): string | null {
  const { commandId, correlationId, causationId, traceparent, requestHash } = metadata;
  if (!UUID.test(commandId)) return null;
  let [flags, digits] = [0, commandId];
  if (correlationId !== commandId) {
    if (!UUID.test(correlationId)) return packUnusual(metadata);
    flags |= CORRELATION;
    digits += correlationId;
  }
  if (causationId !== null) {
    if (!UUID.test(causationId)) return packUnusual(metadata);
    flags |= CAUSATION;
    digits += causationId;
  }
  if (traceparent !== undefined) {
    if (!TRACEPARENT.test(traceparent)) return packUnusual(metadata);
    flags |= TRACE;
    digits += traceparent;
  }
  if (requestHash !== undefined) {
    if (!SHA256.test(requestHash)) return packUnusual(metadata);
    flags |= REQUEST;
    digits += requestHash;
  }
  return `0${flags.toString(16)}${digits}`;
}

/** Packs the ids as text, with the command's id first, by which the event is found. */
const packUnusual = (metadata: EventMetadata): string =>
  `${AS_TEXT}${metadata.commandId}${Buffer.from(causeText(metadata)).toString('hex')}`;

/** Packs the ids as a JSON array, whatever their form. */
export function causeText(metadata: EventMetadata): string {
  const { commandId, correlationId, causationId, traceparent = null, requestHash = null } = metadata;
  return JSON.stringify([commandId, correlationId, causationId, traceparent, requestHash]);
}

/** Makes the beginning of a cause after its first byte, for events of this command. */
export const causeOf = (commandId: string): Buffer | string =>
  UUID.test(commandId) ? Buffer.from(commandId.replaceAll('-', ''), 'hex') : `${JSON.stringify(commandId)},`;

/** Makes the values that queries find a correlation by: the digits of a UUID, and a text after `=`, as either may be stored. */
export const correlationOf = (id: string): readonly string[] =>
  UUID.test(id) ? [id.replaceAll('-', '').toUpperCase(), TEXT + id] : [TEXT + id];

export function unpackCause(read: ReadColumn, actor: string): EventMetadata {
  if (read.startsWith(TEXT)) return fromText(read.slice(TEXT.length), actor);
  const digits = read.toLowerCase();
  if (digits.startsWith(AS_TEXT)) return fromText(Buffer.from(digits.slice(2 + UUID_DIGITS), 'hex').toString(), actor);
  const flags = Number.parseInt(digits.slice(0, 2), 16);
  let at = 2;
  const next = (length: number): string => digits.slice(at, (at += length));
  const commandId = uuidOf(next(UUID_DIGITS));
  const required = {
    commandId,
    correlationId: (flags & CORRELATION) !== 0 ? uuidOf(next(UUID_DIGITS)) : commandId,
    causationId: (flags & CAUSATION) !== 0 ? uuidOf(next(UUID_DIGITS)) : null,
    actor,
  };
  // Most events have neither, and a copy would take as long as all the rest.
  if ((flags & (TRACE | REQUEST)) === 0) return required;
  return {
    ...required,
    ...((flags & TRACE) !== 0 && { traceparent: traceparentOf(next(TRACE_DIGITS)) }),
    ...((flags & REQUEST) !== 0 && { requestHash: digits.slice(at) }),
  };
}

type CauseText = readonly [string, string, string | null, string | null, string | null];

function fromText(text: string, actor: string): EventMetadata {
  const [commandId, correlationId, causationId, traceparent, requestHash] = JSON.parse(text) as CauseText;
  return {
    commandId,
    correlationId,
    causationId,
    actor,
    ...(traceparent !== null && { traceparent }),
    ...(requestHash !== null && { requestHash }),
  };
}

const uuidOf = (digits: string): string =>
  `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;

const traceparentOf = (digits: string): string =>
  `${digits.slice(0, 2)}-${digits.slice(2, 34)}-${digits.slice(34, 50)}-${digits.slice(50)}`;

/** Checks whether an id can be stored as bytes. */
export const isUuid = (id: string): boolean => UUID.test(id);

/** Reads the key of an event from its column. */
export const unpackKey = (read: number | ReadColumn): EventKey => {
  if (typeof read === 'number') return read;
  return read.startsWith(TEXT) ? read.slice(TEXT.length) : uuidOf(read.toLowerCase());
};
