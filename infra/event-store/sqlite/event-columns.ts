import { deriveId } from '../../../domain/shared/index.js';
import type { EventMetadata } from '../event-store.js';
import type { Names, StoredName } from './names.js';

/**
 * An id as it stands in a column: 16 bytes where it is a UUID in lower case, else the text. The same for the other texts
 * of a fixed form.
 */
export type Packed = Buffer | string;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const SHA256 = /^[0-9a-f]{64}$/;

export const packId = (text: string): Packed => pack(text, UUID);
const packTraceparent = (text: string | undefined): Packed | null =>
  text === undefined ? null : pack(text, TRACEPARENT);
const packHash = (text: string | undefined): Packed | null => (text === undefined ? null : pack(text, SHA256));

const pack = (text: string, form: RegExp): Packed =>
  form.test(text) ? Buffer.from(text.replaceAll('-', ''), 'hex') : text;

/** A column as the queries read it: the hex digits of its bytes, or a text after a `=`. */
export type ReadColumn = string;

const TEXT = '=';

const unpackId = (read: ReadColumn): string =>
  read.startsWith(TEXT)
    ? read.slice(1)
    : `${read.slice(0, 8)}-${read.slice(8, 12)}-${read.slice(12, 16)}-${read.slice(16, 20)}-${read.slice(20)}`;

const unpackTraceparent = (read: ReadColumn): string =>
  read.startsWith(TEXT)
    ? read.slice(1)
    : `${read.slice(0, 2)}-${read.slice(2, 34)}-${read.slice(34, 50)}-${read.slice(50)}`;

const unpackHash = (read: ReadColumn): string => (read.startsWith(TEXT) ? read.slice(1) : read);

/** What is recorded of an event's command, in the order of the columns. */
export type MetadataColumns = readonly [
  command: Packed,
  /** Null: the command's own id. */
  correlation: Packed | null,
  causation: Packed | null,
  actor: StoredName | bigint,
  traceparent: Packed | null,
  requestHash: Packed | null,
];

/** The same as they are read. */
export type ReadMetadata = readonly [
  command: ReadColumn,
  correlation: ReadColumn | null,
  causation: ReadColumn | null,
  actor: StoredName,
  traceparent: ReadColumn | null,
  requestHash: ReadColumn | null,
];

/** Whether every id is a UUID, and the rest of its form: then SQLite can pack them all. */
export const isPackable = (metadata: EventMetadata): boolean => {
  const { commandId, correlationId, causationId, traceparent, requestHash } = metadata;
  return (
    UUID.test(commandId) &&
    (correlationId === commandId || UUID.test(correlationId)) &&
    (causationId === null || UUID.test(causationId)) &&
    (traceparent === undefined || TRACEPARENT.test(traceparent)) &&
    (requestHash === undefined || SHA256.test(requestHash))
  );
};

export function packMetadata(metadata: EventMetadata, names: Names): MetadataColumns {
  const { commandId, correlationId, causationId, actor, traceparent, requestHash } = metadata;
  return [
    packId(commandId),
    correlationId === commandId ? null : packId(correlationId),
    causationId === null ? null : packId(causationId),
    names.store(actor),
    packTraceparent(traceparent),
    packHash(requestHash),
  ];
}

export function unpackMetadata(columns: ReadMetadata, names: Names): EventMetadata {
  const [command, correlation, causation, actor, traceparent, requestHash] = columns;
  const commandId = unpackId(command);
  return {
    commandId,
    correlationId: correlation === null ? commandId : unpackId(correlation),
    causationId: causation === null ? null : unpackId(causation),
    actor: names.nameOf(actor),
    ...(traceparent !== null && { traceparent: unpackTraceparent(traceparent) }),
    ...(requestHash !== null && { requestHash: unpackHash(requestHash) }),
  };
}

/** An event's id: which one of its command's it is, where it follows from that, else the id itself. */
export type StoredId = bigint | Packed;

/** @param index of the event among those of its command in its batch */
export function packEventId(id: string, commandId: string, index: number): StoredId {
  // The version first: deriving costs more than all the rest.
  return id[14] === '5' && UUID.test(commandId) && id === deriveId(commandId, String(index))
    ? BigInt(index)
    : packId(id);
}

export const unpackEventId = (read: number | ReadColumn, commandId: () => string): string =>
  typeof read === 'number' ? deriveId(commandId(), String(read)) : unpackId(read);
