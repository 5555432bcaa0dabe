import type { Collection, Document } from 'mongodb';
import type { JsonObject } from '../../../domain/shared/json.js';
import type { Position } from '../../shared/position.js';
import type { LoadedDocument, StoredDocument } from '../../read-model-store/read-model-store.js';
import type { CollectionLayout, Keys } from './collection-layout.js';
import { escaped, isPlain, unescaped } from './document-codec.js';

/** A document as it lies in its collection. A deleted one keeps its position and nothing else. */
export interface DocumentRecord {
  readonly _id: string;
  /** Orders the writes of one document, as plain text: a position of the log, or a version. */
  readonly position: string;
  readonly doc: Document | null;
  /** Names and texts in `doc` are escaped; see document-codec. */
  readonly escaped?: true;
  readonly keys?: Keys;
}

export interface RecordWrite {
  readonly id: string;
  readonly position: string;
  /** Null deletes. */
  readonly doc: JsonObject | null;
}

export type Documents = Collection<DocumentRecord>;

/** What reads fetch of a record. */
export const WITHOUT_KEYS = { position: 1, doc: 1, escaped: 1 } as const;

export type ContentRecord = Omit<DocumentRecord, 'keys'>;

export function recordOf(write: RecordWrite, layout: CollectionLayout): Omit<DocumentRecord, '_id'> {
  const { position, doc } = write;
  if (doc === null) return { position, doc };
  const keys = layout.keysOf(doc);
  const content = isPlain(doc) ? { position, doc } : { position, doc: escaped(doc), escaped: true as const };
  return keys === undefined ? content : { ...content, keys };
}

/** How a document lies in its record. */
export const contentOf = (doc: JsonObject | null): Document | null =>
  doc === null || isPlain(doc) ? doc : escaped(doc);

export const docOf = ({ doc, escaped: isEscaped }: ContentRecord): Document | null =>
  isEscaped === true && doc !== null ? unescaped(doc) : doc;

export const loadedOf = (record: ContentRecord): LoadedDocument => ({
  position: record.position as Position,
  doc: docOf(record) as JsonObject | null,
});

/** Of a record that is no deleted document. */
export const storedOf = <Doc>(record: ContentRecord): StoredDocument<Doc> => ({
  id: record._id,
  position: record.position as Position,
  doc: docOf(record) as Doc,
});
